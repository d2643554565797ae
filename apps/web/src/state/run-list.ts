import type { DamagedRun } from "../runs/read-run.ts";
import type { Run } from "../runs/run.ts";
import type { KeptRuns } from "../runs/run-store.ts";
import type { PageState } from "./page-state.ts";
import type { Store } from "./store.ts";

/** The runs of the page's state, changed one at a time. */
export class RunList {
  readonly #store: Store<PageState>;
  /** Runs that the browser did not keep when they were last saved: only this tab has them. */
  readonly #unsaved = new Set<string>();

  constructor(store: Store<PageState>) {
    this.#store = store;
  }

  find(id: string): Run | null {
    return this.#store.state.runs.find((run) => run.id === id) ?? null;
  }

  /** What the next run is called by. */
  get nextNumber(): number {
    const { runs, damaged } = this.#store.state;
    return Math.max(0, ...runs.map(({ number }) => number), ...damaged.map(({ number }) => number ?? 0)) + 1;
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
    this.#unsaved.delete(id);
    this.#keep((run) => run.id !== id);
  }

  removeDamaged(gone: DamagedRun): void {
    this.#store.update(({ damaged }) => ({ damaged: damaged.filter((each) => each !== gone) }));
  }

  markUnsaved(id: string): void {
    this.#unsaved.add(id);
  }

  isUnsaved(id: string): boolean {
    return this.#unsaved.has(id);
  }

  /**
   * Takes over what is kept now, which other tabs may have added to, trained on or deleted. The run `busy` is this tab's; runs that the
   * browser does not keep stay.
   */
  takeOver({ runs: kept, damaged }: KeptRuns, busy: string | null): void {
    for (const { id } of kept) this.#unsaved.delete(id);
    const isKept = new Set(kept.map(({ id }) => id));
    this.#keep(({ id }) => isKept.has(id) || id === busy || this.#unsaved.has(id));
    const { state } = this.#store;
    const newer = kept.filter((run) => run.id !== busy && !isSame(run, this.find(run.id)));
    if (newer.length > 0) {
      const isNewer = new Set(newer.map(({ id }) => id));
      const runs = [...state.runs.filter(({ id }) => !isNewer.has(id)), ...newer];
      this.#store.update({ runs: runs.sort((a, b) => a.number - b.number) });
    }
    const keysOf = (list: readonly DamagedRun[]) => list.map(({ key }) => String(key)).join("\n");
    if (keysOf(damaged) !== keysOf(state.damaged)) this.#store.update({ damaged });
  }

  #keep(isWanted: (run: Run) => boolean): void {
    const { runs, shown, selected } = this.#store.state;
    const gone = new Set(runs.filter((run) => !isWanted(run)).map(({ id }) => id));
    if (gone.size === 0) return;
    this.#store.update({
      runs: runs.filter(({ id }) => !gone.has(id)),
      shown: new Set([...shown].filter((id) => !gone.has(id))),
      ...(selected !== null && gone.has(selected) && { selected: null, look: null, layer: null, probabilities: null }),
    });
  }
}

/** Whether both are at the same place of the same training. */
function isSame(a: Run, b: Run | null): boolean {
  return (
    b !== null &&
    a.rows.length === b.rows.length &&
    a.batch === b.batch &&
    a.status === b.status &&
    a.settings.epochs === b.settings.epochs
  );
}
