/** Milliseconds after which a task that shows things ends, and the rest is shown in another. */
const SLICE = 4;

/** Milliseconds between two times that all watchers are told: a frame. */
const FRAME = 16;

/** Runs `work` later, in a task of its own, after so many milliseconds. */
export type Later = (work: () => void, ms: number) => unknown;

export interface StoreOptions {
  readonly later?: Later;
  readonly now?: () => number;
}

/**
 * One value for the whole page, and those who show parts of it: they are told together, once a frame. They are told in short tasks and in no
 * animation frame: what the browser then does to show it, layout and painting, is a task by itself, and the page answers in between.
 */
export class Store<S extends object> {
  #state: S;
  #watchers = new Set<() => void>();
  #isScheduled = false;
  #told = Number.NEGATIVE_INFINITY;
  readonly #later: Later;
  readonly #now: () => number;

  constructor(state: S, { later = setTimeout, now = () => performance.now() }: StoreOptions = {}) {
    this.#state = state;
    this.#later = (work, ms) => later(work, ms);
    this.#now = now;
  }

  get state(): S {
    return this.#state;
  }

  update(changes: Partial<S> | ((state: S) => Partial<S>)): void {
    this.#state = { ...this.#state, ...(typeof changes === "function" ? changes(this.#state) : changes) };
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#later(
      () => {
        this.#isScheduled = false;
        this.#told = this.#now();
        this.#tell([...this.#watchers]);
      },
      Math.max(0, this.#told + FRAME - this.#now()),
    );
  }

  /** Tells some, and the others in a task of their own when that took long. */
  #tell(watchers: (() => void)[]): void {
    const until = this.#now() + SLICE;
    for (let next = watchers.shift(); next !== undefined; next = watchers.shift()) {
      if (this.#watchers.has(next)) next();
      if (this.#now() >= until && watchers.length > 0) {
        this.#later(() => this.#tell(watchers), 0);
        return;
      }
    }
  }

  /** Shows `select` of the state now, and whenever any of it has changed; the result ends that. */
  watch<V extends unknown[] | []>(select: (state: S) => V, show: (...values: NoInfer<V>) => unknown): () => void {
    let shown = select(this.#state);
    show(...shown);
    const watcher = (): void => {
      const values = select(this.#state);
      if (values.every((value, i) => Object.is(value, shown[i]))) return;
      shown = values;
      show(...values);
    };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
