import type { TypedArray } from "../base/dtype.ts";
import { numel, type Shape, stridesOf } from "../base/shape.ts";

/** Where the elements of a tensor lie in a row of them: the first at `offset`, the next along a dimension `stride` further. */
export interface Layout {
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** The layout of elements that lie row by row from the beginning. */
export function contiguous(shape: Shape): Layout {
  return { offset: 0, shape, strides: stridesOf(shape) };
}

/** Whether the elements lie row by row. The stride of a dimension of size 1 does not matter, and nor do those of no elements. */
export function isContiguous({ shape, strides }: Layout): boolean {
  if (numel(shape) === 0) return true;
  let expected = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = shape[dim] as number;
    if (size === 1) continue;
    if (strides[dim] !== expected) return false;
    expected *= size;
  }
  return true;
}

/**
 * The layout of the same elements in another shape; null where no strides say it, so that they must be copied. PyTorch's
 * `computeStride`: dimensions whose strides fit into each other are one run, and the new dimensions divide the runs.
 */
export function reshaped(layout: Layout, shape: Shape): Layout | null {
  const { offset, shape: old, strides } = layout;
  if (old === shape || (old.length === shape.length && old.every((size, i) => size === shape[i]))) return layout;
  if (numel(old) === 0) return { offset, shape, strides: stridesOf(shape) };
  const out = new Array<number>(shape.length).fill(1);
  if (old.length === 0) return { offset, shape, strides: out };
  let dim = shape.length - 1;
  let stride = strides[old.length - 1] as number;
  let [run, taken] = [1, 1];
  for (let i = old.length - 1; i >= 0; i--) {
    run *= old[i] as number;
    const ends = i === 0 || ((old[i - 1] as number) !== 1 && strides[i - 1] !== run * stride);
    if (!ends) continue;
    while (dim >= 0 && (taken < run || shape[dim] === 1)) {
      out[dim] = taken * stride;
      taken *= shape[dim] as number;
      dim--;
    }
    if (taken !== run) return null;
    if (i > 0) {
      stride = strides[i - 1] as number;
      run = 1;
      taken = 1;
    }
  }
  return dim < 0 ? { offset, shape, strides: out } : null;
}

/** Whether two elements are surely the same one: a repeated dimension. */
export function repeats({ shape, strides }: Layout): boolean {
  return !shape.includes(0) && shape.some((size, i) => size > 1 && strides[i] === 0);
}

/** Whether the elements fill their range, each place once, in some order of the dimensions. */
function isDense({ shape, strides }: Layout): boolean {
  const wide = shape.map((_, i) => i).filter((i) => shape[i] !== 1);
  wide.sort((a, b) => (strides[a] as number) - (strides[b] as number));
  let expected = 1;
  for (const dim of wide) {
    if (strides[dim] !== expected) return false;
    expected *= shape[dim] as number;
  }
  return true;
}

/** Whether two views of one row of elements share some, and are not the same view. As far as PyTorch says: it only compares ranges. */
export function overlapsPartly(a: Layout, b: Layout): boolean {
  const [count, other] = [numel(a.shape), numel(b.shape)];
  if (count === 0 || other === 0 || !isDense(a) || !isDense(b)) return false;
  if (a.offset === b.offset && count === other) {
    return a.strides.length !== b.strides.length || a.strides.some((stride, i) => stride !== b.strides[i]);
  }
  return a.offset < b.offset + other && b.offset < a.offset + count;
}

/** Copies elements from one layout to another of the same shape. */
export function copyElements(from: TypedArray, at: Layout, to: TypedArray, into: Layout): void {
  const { shape } = at;
  if (shape.includes(0)) return;
  copyDimension(from, at, at.offset, to, into, into.offset, 0);
}

function copyDimension(
  from: TypedArray,
  at: Layout,
  start: number,
  to: TypedArray,
  into: Layout,
  begin: number,
  dim: number,
): void {
  const last = at.shape.length - 1;
  if (last < 0) {
    to[begin] = from[start] as number;
    return;
  }
  const size = at.shape[dim] as number;
  const [step, stride] = [at.strides[dim] as number, into.strides[dim] as number];
  if (dim < last) {
    for (let i = 0; i < size; i++) copyDimension(from, at, start + i * step, to, into, begin + i * stride, dim + 1);
  } else if (step === 1 && stride === 1 && size > 16) {
    to.set(from.subarray(start, start + size), begin);
  } else {
    for (let i = 0, read = start, write = begin; i < size; i++, read += step, write += stride) {
      to[write] = from[read] as number;
    }
  }
}
