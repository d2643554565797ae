import { IndexOutOfRangeError } from "../base/errors.ts";
import { normalizeDim } from "../base/shape.ts";
import type { DiagonalStep } from "../storage/view-step.ts";
import { checkInt } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The step to a diagonal of two dimensions. */
export function diagonalStep(op: string, x: Tensor, offset: number, dim1: number, dim2: number): DiagonalStep {
  checkInt(op, offset, "offset", 2);
  const [a, b] = [normalizeDim(op, dim1, x.ndim), normalizeDim(op, dim2, x.ndim)];
  if (a === b) {
    throw new IndexOutOfRangeError(op, `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  }
  const [rows, columns] = [x.shape[a] as number, x.shape[b] as number];
  const length = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
  const to = [...x.shape.filter((_, i) => i !== a && i !== b), length];
  return { kind: "diagonal", from: x.shape, to, offset, dim1: a, dim2: b };
}
