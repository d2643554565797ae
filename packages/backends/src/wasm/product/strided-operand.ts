import { ROWS, type TileKernels } from "../kernels/tile.ts";
import { FLOAT, type Operand } from "./operand.ts";

/** Where the vectors of a matrix lie. */
export interface Strides {
  readonly at: number;
  readonly length: number;
  /** Bytes between vectors. */
  readonly stride: number;
  /** Bytes between the elements of a vector. */
  readonly step: number;
  readonly width: number;
  /** Elements of a vector. */
  readonly k: number;
}

/** The rows or columns of a matrix. */
export class StridedOperand implements Operand {
  readonly length: number;
  readonly width: number;
  readonly #kernel: TileKernels;
  readonly #floats: Float32Array;
  readonly #strides: Strides;

  /** @param floats all of the memory */
  constructor(kernel: TileKernels, floats: Float32Array, strides: Strides) {
    this.length = strides.length;
    this.width = strides.width;
    this.#kernel = kernel;
    this.#floats = floats;
    this.#strides = strides;
  }

  pack(panel: number, to: number): void {
    const { at, stride, step, width, k } = this.#strides;
    const skip = FLOAT * width;
    const end = to + k * skip;
    const first = at + panel * width * stride;
    const present = Math.min(width, this.length - panel * width);
    const full = present - (present % ROWS);
    for (let v = 0; v < full; v += ROWS) {
      const [from, into, stop] = [first + v * stride, to + FLOAT * v, end + FLOAT * v];
      if (stride === FLOAT) this.#kernel.packAdjacent(from, step, into, skip, stop);
      else this.#kernel.pack(from, stride, step, into, skip, stop);
    }
    const floats = this.#floats;
    for (let v = full; v < width; v++) {
      let from = (first + v * stride) / FLOAT;
      for (let into = to / FLOAT + v; into < end / FLOAT; into += width) {
        floats[into] = v < present ? (floats[from] as number) : 0;
        from += step / FLOAT;
      }
    }
  }
}
