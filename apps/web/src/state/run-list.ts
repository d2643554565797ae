import type { Run } from "../runs/run.ts";
import type { PageState } from "./page-state.ts";
import type { Store } from "./store.ts";

/** The runs of the page's state, changed one at a time. */
export class RunList {
  readonly #store: Store<PageState>;

  constructor(store: Store<PageState>) {
    this.#store = store;
  }

  find(id: string): Run | null {
    return this.#store.state.runs.find((run) => run.id === id) ?? null;
  }

  /** What the next run is called by. */
  get nextNumber(): number {
    return Math.max(0, ...this.#store.state.runs.map((run) => run.number)) + 1;
  }

  /** Adds a run, and looks into it. */
  add(run: Run): void {
    this.#store.update(({ runs, shown }) => ({
      runs: [...runs, run],
      shown: new Set([...shown, run.id]),
      selected: run.id,
    }));
  }

  replace(run: Run): void {
    this.#store.update(({ runs }) => ({ runs: runs.map((known) => (known.id === run.id ? run : known)) }));
  }

  extend(id: string, change: (run: Run) => Partial<Run>): void {
    const run = this.find(id);
    if (run !== null) this.replace({ ...run, ...change(run) });
  }

  remove(id: string): void {
    this.#store.update(({ runs, shown, selected }) => ({
      runs: runs.filter((run) => run.id !== id),
      shown: new Set([...shown].filter((other) => other !== id)),
      ...(selected === id && { selected: null, look: null, layer: null, probabilities: null }),
    }));
  }
}
