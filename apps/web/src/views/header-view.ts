import { h, setText } from "../dom/h.ts";
import { toLink } from "../settings/link.ts";
import { THEMES, type Theme } from "../state/page-state.ts";
import { LANGUAGES, type Language } from "../text/text.ts";
import type { Context } from "./context.ts";

const THEME_TEXTS = { auto: "themeAuto", light: "themeLight", dark: "themeDark" } as const;

/** The name, what this is, and how it looks and speaks. */
export function headerView({ say, state, update, watch }: Context): HTMLElement {
  const language = h(
    "select",
    { id: "language", onchange: () => update({ language: language.value as Language }) },
    ...Object.entries(LANGUAGES).map(([value, name]) => h("option", { value, lang: value }, name)),
  );
  language.value = state().language;
  const theme = h(
    "select",
    { id: "theme", onchange: () => update({ theme: theme.value as Theme }) },
    ...THEMES.map((value) => h("option", { value }, say(THEME_TEXTS[value]))),
  );
  const link = h("button", { class: "quiet", type: "button", onclick: copy }, say("copyLink"));
  watch(
    (s) => [s.theme],
    (value) => {
      theme.value = value;
    },
  );

  async function copy(): Promise<void> {
    const hash = toLink(state().settings);
    const address = new URL(location.href);
    address.hash = hash;
    await navigator.clipboard.writeText(address.href).then(
      () => setText(link, say("linkCopied")),
      () => prompt(say("copyLink"), address.href),
    );
    setTimeout(() => setText(link, say("copyLink")), 2000);
  }

  const logo = h("img", { class: "logo", src: "icon.svg", alt: "", width: 26, height: 26 });
  return h(
    "header",
    { class: "top" },
    h("a", { class: "skip", href: "#train" }, say("skip")),
    h("div", { class: "brand" }, h("h1", {}, logo, say("title")), h("p", { class: "tagline" }, say("tagline"))),
    h(
      "div",
      { class: "tools" },
      link,
      h("label", {}, h("span", { class: "unseen" }, say("language")), language),
      h("label", {}, h("span", { class: "unseen" }, say("theme")), theme),
    ),
  );
}
