import { IndexOutOfRangeError } from "../base/errors.ts";
import { formatShape, normalizeDim, type Shape } from "../base/shape.ts";
import type { DiagonalStep, SliceStep } from "../storage/view-step.ts";
import { checkInt } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";

// The steps to parts of a tensor, checked: for the views, and for the functions that put something in their place.

/** The step to `length` elements of a dimension, `stride` apart. */
export function sliceStep(from: Shape, dim: number, start: number, length: number, stride = 1): SliceStep {
  return { kind: "slice", from, to: from.map((size, i) => (i === dim ? length : size)), dim, start, stride };
}

/** The places of Python's slice `from:to:step` of a dimension: bounds may count from the end, and are clipped. */
export function sliceRange(size: number, from: number, to: number, step: number): { start: number; length: number } {
  const clip = (place: number): number => Math.min(size, Math.max(0, place < 0 ? place + size : place));
  const start = clip(from);
  return { start, length: Math.ceil(Math.max(0, clip(to) - start) / step) };
}

/** The step to one element of a dimension, which may count from the end. */
export function selectStep(op: string, x: Tensor, dim: number, index: number, position: number): SliceStep {
  if (x.ndim === 0) {
    const rule = "select() cannot be applied to a 0-dim tensor.";
    throw new IndexOutOfRangeError(op, rule, "", "Read it with item().");
  }
  const at = normalizeDim(op, dim, x.ndim);
  checkInt(op, index, "index", position);
  const size = x.shape[at] as number;
  const start = index < 0 ? index + size : index;
  if (start >= 0 && start < size) return sliceStep(x.shape, at, start, 1);
  throw new IndexOutOfRangeError(
    op,
    `select(): index ${index} out of range for tensor of size ${formatShape(x.shape)} at dimension ${at}`,
  );
}

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
