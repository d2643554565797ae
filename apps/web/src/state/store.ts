/** Milliseconds that may be shown in one task. */
const SLICE = 10;

/** One value for the whole page, and those who show parts of it: they are told together, once a frame. */
export class Store<S extends object> {
  #state: S;
  #watchers = new Set<() => void>();
  #scheduled = false;
  readonly #schedule: (flush: () => void) => void;

  constructor(state: S, schedule: (flush: () => void) => void = inFrame) {
    this.#state = state;
    this.#schedule = schedule;
  }

  get state(): S {
    return this.#state;
  }

  update(changes: Partial<S> | ((state: S) => Partial<S>)): void {
    this.#state = { ...this.#state, ...(typeof changes === "function" ? changes(this.#state) : changes) };
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.#tell([...this.#watchers]);
    });
  }

  /** Tells some, and the others in a task of their own when that took long: the page answers in between. */
  #tell(watchers: (() => void)[]): void {
    const until = performance.now() + SLICE;
    for (let next = watchers.shift(); next !== undefined; next = watchers.shift()) {
      if (this.#watchers.has(next)) next();
      if (performance.now() > until && watchers.length > 0) {
        setTimeout(() => this.#tell(watchers));
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

/** In the next frame; a page in the background has none, and is told all the same. */
function inFrame(flush: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    flush();
  };
  requestAnimationFrame(once);
  setTimeout(once, 250);
}
