import { addFour, type Bytes, get, mulFour, set, splatBits, splatFloat } from "./assembler.ts";

/** A function of four floats at once, to be built into kernels. */
export interface FourFunction {
  /** How many `v128` locals it takes, from the one on that it was built with. */
  readonly locals: number;
  /** Fills the locals that hold constants. It comes before the loop: Chromium 156 builds constants in a loop at every turn, 1.4 times as slow. */
  readonly prepare: readonly Bytes[];
  readonly of: (x: Bytes) => Bytes;
}

/** Constants in locals from `first` on. */
export class Constants {
  readonly prepare: Bytes[] = [];
  readonly #first: number;

  constructor(first: number) {
    this.#first = first;
  }

  float(value: number): Bytes {
    return this.#keep(splatFloat(value));
  }

  bits(value: number): Bytes {
    return this.#keep(splatBits(value));
  }

  #keep(value: Bytes): Bytes {
    const local = this.#first + this.prepare.length;
    this.prepare.push(set(local, value));
    return get(local);
  }
}

/** `(c[0] x + c[1]) x + c[2] ...`, by Horner's rule. */
export function polynomial(x: Bytes, [highest, ...rest]: readonly Bytes[]): Bytes {
  return rest.reduce((sum, coefficient) => addFour(mulFour(sum, x), coefficient), highest ?? []);
}
