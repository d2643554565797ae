import type { GatherKernels } from "../kernels/gather.ts";
import { COLUMNS } from "../kernels/tile.ts";
import { FLOAT, type Operand } from "./operand.ts";

/** Columns of which element t of vector v stands at `image + points[v] + taps[t]`: what the kernel of a convolution meets in an image. */
export class GatheredOperand implements Operand {
  readonly length: number;
  readonly width = COLUMNS;
  readonly #kernel: GatherKernels;
  readonly #image: number;
  readonly #points: number;
  readonly #taps: number;
  readonly #end: number;
  /** For each panel, the offset of its first vector where all of them lie side by side; -1 where they do not. */
  readonly #adjacent: Int32Array;

  /**
   * @param image the address of the image
   * @param points addresses of the two tables, offsets in bytes; that of the points is filled up to full panels
   */
  constructor(kernel: GatherKernels, image: number, points: OffsetTable, taps: OffsetTable) {
    this.length = points.length;
    this.#kernel = kernel;
    this.#image = image;
    this.#points = points.at;
    this.#taps = taps.at;
    this.#end = taps.at + FLOAT * taps.length;
    this.#adjacent = points.adjacent;
  }

  pack(panel: number, to: number): void {
    const first = this.#adjacent[panel] as number;
    if (first >= 0) this.#kernel.gatherAdjacent(this.#image + first, this.#taps, this.#end, to);
    else this.#kernel.gather(this.#image, this.#points + FLOAT * COLUMNS * panel, this.#taps, this.#end, to);
  }
}

/** Offsets in bytes, in the memory of the kernels. */
export interface OffsetTable {
  readonly at: number;
  readonly length: number;
  readonly adjacent: Int32Array;
}

/** How many entries a table of offsets takes: full panels. */
export function tableSize(offsets: Int32Array): number {
  return Math.ceil(offsets.length / COLUMNS) * COLUMNS;
}

/** Writes offsets, given in floats, to the address `at`. */
export function writeTable(memory: Int32Array, offsets: Int32Array, at: number): OffsetTable {
  const size = tableSize(offsets);
  const table = memory.subarray(at / FLOAT, at / FLOAT + size);
  // What fills the last panel up may be any place: its columns are left out of the result.
  for (let i = 0; i < size; i++) table[i] = FLOAT * (offsets[Math.min(i, offsets.length - 1)] as number);
  const adjacent = Int32Array.from({ length: size / COLUMNS }, (_, panel) => {
    const first = table[panel * COLUMNS] as number;
    const together = (panel + 1) * COLUMNS <= offsets.length;
    for (let v = 1; v < COLUMNS; v++) if (table[panel * COLUMNS + v] !== first + FLOAT * v) return -1;
    return together ? first : -1;
  });
  return { at, length: offsets.length, adjacent };
}
