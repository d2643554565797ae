/** A rate is that of about the last so many milliseconds. */
const WINDOW = 1000;

/** Steps a second while steps are made: times in which a training is held, or looks at the validation data, do not count. */
export class StepClock {
  readonly #now: () => number;
  #steps = 0;
  #since: number;
  #rate = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** The clock stood still; what it knows of the rate stays. */
  restart(): void {
    this.#steps = 0;
    this.#since = this.#now();
  }

  tick(): void {
    this.#steps += 1;
    const span = this.#now() - this.#since;
    if (span < WINDOW / 4) return;
    const rate = (1000 * this.#steps) / span;
    const weight = this.#rate === 0 ? 1 : Math.min(1, span / WINDOW);
    this.#rate += weight * (rate - this.#rate);
    this.restart();
  }

  /** 0 while that is not known. */
  get stepsPerSecond(): number {
    return this.#rate;
  }
}
