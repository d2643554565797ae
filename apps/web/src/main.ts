import "./style/page.css";
import { emptySheet } from "./drawing/pad.ts";
import { onChangeElsewhere } from "./runs/run-news.ts";
import { fromLink, toLink } from "./settings/link.ts";
import { SITE_DATASETS } from "./settings/site-datasets.ts";
import { Controller } from "./state/controller.ts";
import { findDevices } from "./state/devices.ts";
import { isDark, type PageState } from "./state/page-state.ts";
import { loadPreferences, savePreferences } from "./state/preferences.ts";
import { Store } from "./state/store.ts";
import { mountPage } from "./views/page.ts";

const system = matchMedia("(prefers-color-scheme: dark)");
const store = new Store<PageState>({
  ...loadPreferences(),
  isSystemDark: system.matches,
  settings: fromLink(location.hash, SITE_DATASETS),
  devices: {},
  runs: [],
  damaged: [],
  shown: new Set(),
  selected: null,
  activity: null,
  download: null,
  device: null,
  notice: null,
  sample: null,
  look: null,
  layer: null,
  drawing: null,
  probabilities: null,
});
const controller = new Controller(
  store,
  () => new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module", name: "kindling" }),
);
const sheet = emptySheet();
const root = document.querySelector<HTMLElement>("#page") as HTMLElement;

system.addEventListener("change", ({ matches }) => store.update({ isSystemDark: matches }));
// Before any view is told: they paint in the colours that the page has by then.
store.watch(
  (s) => [isDark(s)],
  (dark) => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  },
);
let unmount = (): void => {};
store.watch(
  (s) => [s.language],
  (language) => {
    document.documentElement.lang = language;
    const { scrollX, scrollY } = window;
    const focused = document.activeElement?.id;
    unmount();
    unmount = mountPage(root, { store, controller, sheet });
    // Whoever has chosen a language is still where they were.
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    scrollTo(scrollX, scrollY);
  },
);
store.watch(
  (s) => [s.theme, s.language],
  (theme, language) => {
    savePreferences({ theme, language });
  },
);
store.watch(
  (s) => [s.settings],
  (settings) => {
    const hash = toLink(settings);
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
  },
);
addEventListener("hashchange", () => store.update({ settings: fromLink(location.hash, SITE_DATASETS) }));

void controller.restore();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void controller.refresh();
});
onChangeElsewhere(() => void controller.refresh());
void findDevices().then((devices) => store.update({ devices }));
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("sw.js").catch(() => {}));
}
