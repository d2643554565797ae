import { checkTqdmOptions, type TqdmOptions } from "./options.ts";
import { TqdmIterable } from "./tqdm-iterable.ts";

/**
 * `tqdm(range(...), options)`: `trange(stop)`, `trange(start, stop)`, `trange(start, stop, step)`, options last.
 *
 * @throws RangeError for a step of 0.
 */
export function trange(stop: number, options?: TqdmOptions): TqdmIterable<number>;
export function trange(start: number, stop: number, options?: TqdmOptions): TqdmIterable<number>;
export function trange(start: number, stop: number, step: number, options?: TqdmOptions): TqdmIterable<number>;
export function trange(...given: (number | TqdmOptions | undefined)[]): TqdmIterable<number> {
  const numbers = given.filter((argument) => typeof argument === "number");
  const options = given.find((argument) => argument !== undefined && typeof argument !== "number");
  checkTqdmOptions(numbers[3] ?? options, 'trange(10, { desc: "Epoch 1" })');
  const [start = 0, stop = 0, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (step === 0)
    throw new RangeError("trange: range() arg 3 must not be zero: step is 0. Count up by 1 or down by -1.");
  return new TqdmIterable(new Range(start, stop, step), options);
}

class Range implements Iterable<number> {
  readonly length: number;
  readonly #start: number;
  readonly #step: number;

  constructor(start: number, stop: number, step: number) {
    this.#start = start;
    this.#step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.length; i++) yield this.#start + i * this.#step;
  }
}
