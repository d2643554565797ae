import type { Controller } from "../state/controller.ts";
import type { PageState } from "../state/page-state.ts";
import type { Store } from "../state/store.ts";
import type { Say } from "../text/text.ts";

/** What a view is given. It is built once for a language, and ends with it. */
export interface Context {
  readonly say: Say;
  readonly controller: Controller;
  readonly state: () => PageState;
  /** Shows a part of the state as long as the view is there. */
  readonly watch: Store<PageState>["watch"];
  readonly update: Store<PageState>["update"];
  /** Calls when the view is taken away. */
  readonly onEnd: (end: () => void) => void;
}
