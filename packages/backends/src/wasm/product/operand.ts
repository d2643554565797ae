/** Bytes of a float. */
export const FLOAT = 4;

/**
 * One side of a product: vectors of k floats, rows of the left matrix or columns of the right one. They are taken `width` at a time, a panel,
 * and packed: panel[t][v] is element t of vector v.
 */
export interface Operand {
  /** How many vectors there are. */
  readonly length: number;
  readonly width: number;
  /** Packs one panel to the address `to`. What stands for vectors that are missing to a full panel counts for nothing. */
  pack(panel: number, to: number): void;
}

export function panelsOf({ length, width }: Pick<Operand, "length" | "width">): number {
  return Math.ceil(length / width);
}

/** How many floats all panels take. */
export function packedSize(operand: Pick<Operand, "length" | "width">, k: number): number {
  return panelsOf(operand) * operand.width * k;
}
