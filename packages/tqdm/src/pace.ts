import { EMA } from "./ema.ts";

export interface PaceOptions {
  readonly mininterval: number;
  readonly maxinterval: number;
  /** null: found as it goes. */
  readonly miniters: number | null;
  readonly smoothing: number;
}

/**
 * When to draw, and how fast things go.
 *
 * The clock is looked at only from iteration `nextLook` on: every `miniters` iterations, which is the moving average of
 * iterations per `mininterval`. Where Python has a thread that wakes a bar up after `maxinterval`, the clock is also looked at
 * after 1, 2, 4, ..., 64, 128, 192, ... iterations, so that a loop which becomes slow is still drawn.
 */
export class Pace {
  /** No need to ask before this many iterations. */
  nextLook: number;
  /** When the bar was last drawn in its turn, in seconds. */
  lastTime = 0;
  #lastN: number;
  #miniters: number;
  readonly #options: PaceOptions;
  readonly #dn: EMA;
  readonly #dt: EMA;
  readonly #found: EMA;

  constructor(n: number, options: PaceOptions) {
    this.#options = options;
    this.#miniters = options.miniters ?? 0;
    this.#lastN = n;
    this.nextLook = n + this.#miniters;
    this.#dn = new EMA(options.smoothing);
    this.#dt = new EMA(options.smoothing);
    this.#found = new EMA(options.smoothing);
  }

  /** Iterations a second of late; null before the first drawing. */
  get rate(): number | null {
    return this.#dt.value ? this.#dn.value / this.#dt.value : null;
  }

  /** Counts back: what was drawn is as far ahead as before. */
  shift(n: number): void {
    this.#lastN += n;
    this.nextLook += n;
  }

  /** Whether it is time to draw at iteration `n`; if not, `nextLook` is set. */
  isDue(n: number, now: number): boolean {
    const { mininterval, maxinterval } = this.#options;
    const since = n - this.#lastN;
    const dt = now - this.lastTime;
    if (since >= this.#miniters ? dt >= mininterval : maxinterval > 0 && dt >= maxinterval) return true;
    this.#lookAfter(Math.min(2 * since, since + 64));
    return false;
  }

  /** The bar is about to be drawn in its turn: the speed since the last time counts. */
  measure(n: number, now: number): void {
    const [dn, dt] = [n - this.#lastN, now - this.lastTime];
    if (this.#options.smoothing && dt && dn) {
      this.#dn.add(dn);
      this.#dt.add(dt);
    }
    if (this.#options.miniters === null) this.#miniters = this.#foundMiniters(dn, dt);
    this.#lastN = n;
    this.lastTime = now;
    this.#lookAfter(1);
  }

  #lookAfter(iterations: number): void {
    const soon = this.#options.maxinterval > 0 ? Math.max(1, iterations) : this.#miniters;
    this.nextLook = this.#lastN + Math.min(this.#miniters, soon);
  }

  #foundMiniters(dn: number, dt: number): number {
    const { mininterval, maxinterval, smoothing } = this.#options;
    if (maxinterval > 0 && dt >= maxinterval) return (dn * (mininterval || maxinterval)) / dt;
    if (!smoothing) return Math.max(this.#miniters, dn);
    return this.#found.add(dn * (mininterval && dt ? mininterval / dt : 1));
  }
}
