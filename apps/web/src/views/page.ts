import { h } from "../dom/h.ts";
import type { Sheet } from "../drawing/sheet.ts";
import type { Controller } from "../state/controller.ts";
import { isDark, type PageState } from "../state/page-state.ts";
import type { Store } from "../state/store.ts";
import { sayIn } from "../text/text.ts";
import { type Colours, readColours } from "./colours.ts";
import { confusionView } from "./confusion-view.ts";
import type { Context } from "./context.ts";
import { curvesView } from "./curves-view.ts";
import { drawView } from "./draw-view.ts";
import { epochsView } from "./epochs-view.ts";
import { filesView } from "./files-view.ts";
import { galleryView } from "./gallery-view.ts";
import { gradientsView } from "./gradients-view.ts";
import { headerView } from "./header-view.ts";
import { noticeView } from "./notice-view.ts";
import { runsView } from "./runs-view.ts";
import { settingsView } from "./settings-view.ts";
import { trainView } from "./train-view.ts";
import { weightsView } from "./weights-view.ts";

export interface PageParts {
  readonly store: Store<PageState>;
  readonly controller: Controller;
  /** What lies on the pad: it stays when the page is built anew. */
  readonly sheet: Sheet;
}

/** Builds the page into `root` in the store's language; the result takes it away. */
export function mountPage(root: HTMLElement, { store, controller, sheet }: PageParts): () => void {
  const ends: (() => void)[] = [];
  let known: { readonly isDark: boolean; readonly colours: Colours } | undefined;
  const context: Context = {
    say: sayIn(store.state.language),
    controller,
    sheet,
    state: () => store.state,
    update: (changes) => store.update(changes),
    watch: (select, show) => {
      const end = store.watch(select, show);
      ends.push(end);
      return end;
    },
    colours: () => {
      const now = isDark(store.state);
      if (known?.isDark !== now) known = { isDark: now, colours: readColours() };
      return known.colours;
    },
    onColours: (paint) => {
      ends.push(
        store.watch(
          (state) => [isDark(state)],
          () => paint(),
        ),
      );
    },
    onEnd: (end) => ends.push(end),
  };
  const { say } = context;
  root.replaceChildren(
    headerView(context),
    noticeView(context),
    h(
      "main",
      {},
      settingsView(context),
      h("div", { class: "middle" }, trainView(context), curvesView(context), epochsView(context), runsView(context)),
      drawView(context),
      h(
        "div",
        { class: "insides" },
        galleryView(context),
        confusionView(context),
        weightsView(context),
        gradientsView(context),
      ),
      filesView(context),
    ),
    h("footer", {}, h("p", {}, say("promise")), h("p", {}, say("footer"))),
  );
  return () => {
    for (const end of ends) end();
    root.replaceChildren();
  };
}
