/**
 * Exponential moving average with tqdm's correction for a short past:
 * `last = α x + (1 − α) last`, value `last / (1 − (1 − α)ᶜᵃˡˡˢ)`.
 */
export class EMA {
  readonly #alpha: number;
  #last = 0;
  #calls = 0;

  constructor(smoothing: number) {
    this.#alpha = smoothing;
  }

  add(x: number): number {
    this.#last = this.#alpha * x + (1 - this.#alpha) * this.#last;
    this.#calls++;
    return this.value;
  }

  get value(): number {
    return this.#calls > 0 ? this.#last / (1 - (1 - this.#alpha) ** this.#calls) : this.#last;
  }
}
