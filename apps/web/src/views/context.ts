import type { Sheet } from "../drawing/sheet.ts";
import type { Controller } from "../state/controller.ts";
import type { PageState } from "../state/page-state.ts";
import type { Store } from "../state/store.ts";
import type { Say } from "../text/text.ts";
import type { Colours } from "./colours.ts";

/** What a view is given. It is built once for a language, and ends with it. */
export interface Context {
  readonly say: Say;
  readonly controller: Controller;
  readonly state: () => PageState;
  /** Shows a part of the state as long as the view is there. */
  readonly watch: Store<PageState>["watch"];
  readonly update: Store<PageState>["update"];
  /** What lies on the pad. */
  readonly sheet: Sheet;
  /** The colours that the page has now. */
  readonly colours: () => Colours;
  /** Calls now and whenever the page has got other colours. */
  readonly onColours: (paint: () => void) => void;
  /** Calls when the view is taken away. */
  readonly onEnd: (end: () => void) => void;
}
