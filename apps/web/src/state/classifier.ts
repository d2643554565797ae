import type { PageState } from "./page-state.ts";
import type { Store } from "./store.ts";
import type { Workshop } from "./workshop.ts";

/** Has the drawing looked at by the network that there is: as it is drawn, and as the network learns. */
export class Classifier {
  readonly #store: Store<PageState>;
  readonly #workshop: Workshop;
  #isBusy = false;

  constructor(store: Store<PageState>, workshop: Workshop) {
    this.#store = store;
    this.#workshop = workshop;
  }

  /** A new drawing, or none: classified as soon as the one before is. */
  draw(drawing: Uint8Array | null): void {
    this.#store.update({ drawing, ...(drawing === null && { probabilities: null }) });
    void this.classify();
  }

  async classify(): Promise<void> {
    const { present, opened } = this.#workshop;
    if (this.#isBusy || present === null || opened === null) return;
    this.#isBusy = true;
    try {
      for (let last: Uint8Array | null = null; ; ) {
        const { drawing } = this.#store.state;
        if (drawing === null || drawing === last) return;
        last = drawing;
        const classified = await present.ask("classify", { image: drawing });
        if (this.#store.state.drawing !== null) {
          this.#store.update({ probabilities: classified?.probabilities ?? null });
        }
      }
    } catch {
      this.#store.update({ probabilities: null });
    } finally {
      this.#isBusy = false;
    }
  }
}
