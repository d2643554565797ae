import { COLUMNS, ROWS, type TileKernels } from "../kernels/tile.ts";
import { FLOAT, type Operand, panelsOf } from "./operand.ts";

/** Addresses of what is packed for good, of the panel that is packed now, of a tile that overlaps the edge, and of the bias (0 for none). */
export interface Scratch {
  readonly kept: number;
  readonly passing: number;
  readonly edge: number;
  readonly bias: number;
}

/**
 * A product tile by tile. The operand with fewer vectors is packed once; panels of the other pass by, each packed when its turn
 * comes: what is read over and over stays in the nearest caches.
 */
export class BlockedProduct {
  readonly #kernel: TileKernels;
  readonly #floats: Float32Array;
  readonly #k: number;
  readonly #scratch: Scratch;

  /** @param floats all of the memory */
  constructor(kernel: TileKernels, floats: Float32Array, k: number, scratch: Scratch) {
    this.#kernel = kernel;
    this.#floats = floats;
    this.#k = k;
    this.#scratch = scratch;
  }

  /** Writes the product of the rows of `a` with the columns of `b` to the address `out`. */
  compute(a: Operand, b: Operand, out: number): void {
    const { kept: atKept, passing: atPassing } = this.#scratch;
    const keepsA = a.length <= b.length;
    const [kept, passing] = keepsA ? [a, b] : [b, a];
    const panelBytes = FLOAT * kept.width * this.#k;
    const panels = panelsOf(kept);
    for (let p = 0; p < panels; p++) kept.pack(p, atKept + p * panelBytes);
    for (let q = 0; q < panelsOf(passing); q++) {
      passing.pack(q, atPassing);
      for (let p = 0; p < panels; p++) {
        const atP = atKept + p * panelBytes;
        if (keepsA) this.#tile(atP, atPassing, p * ROWS, q * COLUMNS, a.length, b.length, out);
        else this.#tile(atPassing, atP, q * ROWS, p * COLUMNS, a.length, b.length, out);
      }
    }
  }

  /** The tile at `row` and `column` of a result of m rows and n columns, from packed panels. */
  #tile(atA: number, atB: number, row: number, column: number, m: number, n: number, out: number): void {
    const { edge, bias } = this.#scratch;
    const endB = atB + FLOAT * COLUMNS * this.#k;
    const atBias = bias === 0 ? 0 : bias + FLOAT * column;
    const at = out + FLOAT * (row * n + column);
    if (row + ROWS <= m && column + COLUMNS <= n) {
      this.#kernel.tile(atA, atB, endB, at, FLOAT * n, atBias);
      return;
    }
    this.#kernel.tile(atA, atB, endB, edge, FLOAT * COLUMNS, atBias);
    const columns = Math.min(COLUMNS, n - column);
    for (let r = 0; r < ROWS && row + r < m; r++) {
      const from = edge / FLOAT + r * COLUMNS;
      this.#floats.copyWithin(at / FLOAT + r * n, from, from + columns);
    }
  }
}
