/** The longest that a timer can wait; a longer time would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborts its `signal` when nothing has happened for `timeout` ms, or when the caller's own signal aborts. */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly #timeout: number;
  readonly #outer: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #barked = false;

  constructor(timeout: number, outer?: AbortSignal) {
    this.#timeout = Math.min(timeout, LONGEST_MS);
    this.#outer = outer;
    outer?.addEventListener("abort", this.#abort);
    if (outer?.aborted) this.#abort();
    this.reset();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the silence, and not the caller, that ended it. */
  get barked(): boolean {
    return this.#barked;
  }

  /** Something has happened: the count starts anew. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#barked = true;
      this.#abort();
    }, this.#timeout);
  }

  /** The end, good or bad: whatever still hangs on the signal is let go, so that no socket keeps the process alive. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#abort);
    this.#abort();
  }

  readonly #abort = (): void => this.#controller.abort();
}
