import { ROWS, type TileKernels } from "../kernels/tile.ts";

/** Bytes of a float. */
export const FLOAT = 4;

/**
 * One side of a product: vectors of k floats, rows of the left matrix or columns of the right one. They are taken `width` at a time, a panel,
 * and packed: panel[t][v] is element t of vector v. `stride` bytes lie between vectors, `step` bytes between their elements.
 */
export interface Operand {
  readonly at: number;
  readonly length: number;
  readonly stride: number;
  readonly step: number;
  readonly width: number;
}

export function panelsOf({ length, width }: Pick<Operand, "length" | "width">): number {
  return Math.ceil(length / width);
}

/** How many floats all panels take. */
export function packedSize(operand: Pick<Operand, "length" | "width">, k: number): number {
  return panelsOf(operand) * operand.width * k;
}

/** Packs one panel to the address `to`; vectors that are missing to a full one are zeros. */
export function packPanel(
  kernel: TileKernels,
  floats: Float32Array,
  x: Operand,
  panel: number,
  k: number,
  to: number,
): void {
  const skip = FLOAT * x.width;
  const end = to + k * skip;
  const first = x.at + panel * x.width * x.stride;
  const present = Math.min(x.width, x.length - panel * x.width);
  const full = present - (present % ROWS);
  for (let v = 0; v < full; v += ROWS) {
    const [from, into, stop] = [first + v * x.stride, to + FLOAT * v, end + FLOAT * v];
    if (x.stride === FLOAT) kernel.packAdjacent(from, x.step, into, skip, stop);
    else kernel.pack(from, x.stride, x.step, into, skip, stop);
  }
  for (let v = full; v < x.width; v++) {
    let from = (first + v * x.stride) / FLOAT;
    for (let into = to / FLOAT + v; into < end / FLOAT; into += x.width) {
      floats[into] = v < present ? (floats[from] as number) : 0;
      from += x.step / FLOAT;
    }
  }
}
