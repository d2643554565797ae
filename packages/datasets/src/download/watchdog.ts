import type { TransferLimits } from "./transfer-limits.ts";

/** The longest that a timer can wait; a longer time would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Aborts its `signal` when nothing has arrived for `timeout` ms, when less than `speedLimit` bytes a second have arrived over
 * `speedTime` ms, or when the caller's own signal aborts.
 */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly #limits: TransferLimits;
  readonly #outer: AbortSignal | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #pace: ReturnType<typeof setTimeout> | undefined;
  /** Bytes that have arrived since the speed was last looked at. */
  #arrived = 0;
  #verdict: string | null = null;

  constructor(limits: TransferLimits, outer?: AbortSignal) {
    this.#limits = limits;
    this.#outer = outer;
    outer?.addEventListener("abort", this.#abort);
    if (outer?.aborted) this.#abort();
    this.#restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What the mirror did wrong; null unless it was that, and not the caller, which ended the transfer. */
  get verdict(): string | null {
    return this.#verdict;
  }

  /** The answer has begun: from now on its speed counts. */
  begin(): void {
    this.#restart();
    this.#measure();
  }

  /** So many bytes have arrived. */
  feed(bytes: number): void {
    this.#arrived += bytes;
    this.#restart();
  }

  /** The end, good or bad: whatever still hangs on the signal is let go, so that no socket keeps the process alive. */
  stop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#pace);
    this.#outer?.removeEventListener("abort", this.#abort);
    this.#abort();
  }

  #restart(): void {
    const { timeout } = this.#limits;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#bark(`silence for ${timeout} ms`), Math.min(timeout, LONGEST_MS));
  }

  #measure(): void {
    const { speedLimit, speedTime } = this.#limits;
    if (speedLimit === 0) return;
    this.#arrived = 0;
    this.#pace = setTimeout(
      () => {
        if (this.#arrived >= (speedLimit * speedTime) / 1000) this.#measure();
        else this.#bark(`less than ${speedLimit} bytes per second for ${speedTime} ms (speedLimit, speedTime)`);
      },
      Math.min(speedTime, LONGEST_MS),
    );
  }

  #bark(verdict: string): void {
    this.#verdict = verdict;
    this.#abort();
  }

  readonly #abort = (): void => this.#controller.abort();
}
