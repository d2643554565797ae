import { ArgumentTypeError, IndexOutOfRangeError, ShapeError } from "./errors.ts";
import { pythonType } from "./python-repr.ts";

/** Sizes of the dimensions; `[]` is a scalar. */
export type Shape = readonly number[];

export function numel(shape: Shape): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** `[2, 3]`, as PyTorch writes shapes in its messages. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** A dimension counted from the front; negative ones count from the back. */
export function normalizeDim(op: string, dim: number, ndim: number): number {
  const rank = Math.max(ndim, 1);
  if (!Number.isInteger(dim)) {
    const rule = `argument 'dim' must be int, not ${pythonType(dim)}`;
    throw new ArgumentTypeError(op, rule, "", "Dimensions are whole numbers; options come after them.");
  }
  if (dim < -rank || dim >= rank) {
    throw new IndexOutOfRangeError(
      op,
      `Dimension out of range (expected to be in range of [${-rank}, ${rank - 1}], but got ${dim})`,
      `the tensor has ${ndim} dimension${ndim === 1 ? "" : "s"}`,
      "Count dimensions from 0, or from -1 at the back.",
    );
  }
  return dim < 0 ? dim + rank : dim;
}

/** Every dimension named once, ascending; all of them when none is named. */
export function normalizeDims(op: string, dims: number | readonly number[] | undefined, ndim: number): number[] {
  if (dims === undefined) return Array.from({ length: ndim }, (_, i) => i);
  const list = (
    Array.isArray(dims) || ArrayBuffer.isView(dims) ? [...(dims as readonly number[])] : [dims as number]
  ).map((dim) => normalizeDim(op, dim, ndim));
  if (list.length === 0) return Array.from({ length: ndim }, (_, i) => i);
  const sorted = [...list].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1]) {
      throw new ShapeError(op, `dim ${sorted[i]} appears multiple times in the list of dims`, `dims are [${list}]`, "");
    }
  }
  return ndim === 0 ? [] : sorted;
}

/** The shape that remains after `dims` (ascending) are reduced away, or kept with size 1. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  if (keepdim) return shape.map((size, i) => (dims.includes(i) ? 1 : size));
  return shape.filter((_, i) => !dims.includes(i));
}

/** The shape in which two shapes meet: sizes are equal, or one of them is 1 or missing. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const ndim = Math.max(a.length, b.length);
  const out = new Array<number>(ndim);
  for (let i = 1; i <= ndim; i++) {
    const sizeA = a[a.length - i] ?? 1;
    const sizeB = b[b.length - i] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new ShapeError(
        op,
        `The size of tensor a (${sizeA}) must match the size of tensor b (${sizeB}) at non-singleton dimension ${ndim - i}`,
        `shapes are ${formatShape(a)} and ${formatShape(b)}`,
        "Reshape or unsqueeze one of them so that sizes are equal or 1.",
      );
    }
    out[ndim - i] = sizeA === 1 ? sizeB : sizeA;
  }
  return out;
}

/** `shape` with its one `-1` worked out. */
export function inferShape(op: string, shape: Shape, count: number): number[] {
  const rest = remainder(shape, count);
  if (rest > 0) return shape.map((size) => (size === -1 ? rest : size));
  const wrong = shape.findIndex((size) => size < -1);
  if (wrong >= 0) {
    throw new ShapeError(
      op,
      `invalid shape dimension ${shape[wrong]} at index ${wrong} of shape ${formatShape(shape)}`,
    );
  }
  const unknown = shape.indexOf(-1);
  const known = numel(shape.filter((size) => size !== -1));
  const bad = shape.some((size) => !Number.isInteger(size)) || shape.indexOf(-1, unknown + 1) > unknown;
  if (unknown >= 0 && shape.lastIndexOf(-1) !== unknown) {
    throw new ShapeError(
      op,
      "only one dimension can be inferred",
      `got ${formatShape(shape)}`,
      "Write at most one -1.",
    );
  }
  const out = [...shape];
  if (unknown >= 0 && known > 0) out[unknown] = count / known;
  else if (unknown >= 0 && count === 0) {
    throw new ShapeError(
      op,
      `cannot reshape tensor of 0 elements into shape ${formatShape(shape)} because the unspecified dimension size -1 can be any value and is ambiguous`,
      "",
      "Write every size.",
    );
  }
  if (bad || out.some((size) => !Number.isInteger(size) || size < 0) || numel(out) !== count) {
    throw new ShapeError(
      op,
      `shape '${formatShape(shape)}' is invalid for input of size ${count}`,
      "",
      "The sizes must multiply to the number of elements; one of them may be -1.",
    );
  }
  return out;
}

/** The size that -1 stands for where it stands once among sizes above 0 that divide `count`; else 0. Every sample of a data set asks. */
function remainder(shape: Shape, count: number): number {
  let [rest, unknown] = [count, 0];
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i] as number;
    if (size === -1) unknown += 1;
    else if (size > 0) rest /= size;
    else return 0;
  }
  return unknown === 1 && Number.isInteger(rest) ? rest : 0;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i] as number;
  }
  return strides;
}
