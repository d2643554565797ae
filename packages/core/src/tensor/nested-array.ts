import type { DType, TypedArray } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";

/** Numbers as nested arrays: a scalar, a row, rows of rows. */
export type NestedArray = number | boolean | readonly NestedArray[];

/** The elements of a tensor as nested arrays. */
export function nest(data: TypedArray, shape: Shape, dtype: DType): NestedArray {
  const read = (i: number): number | boolean => (dtype === "bool" ? data[i] !== 0 : (data[i] as number));
  const level = (dim: number, offset: number, size: number): NestedArray => {
    if (dim === shape.length) return read(offset);
    const count = shape[dim] as number;
    const step = size / Math.max(count, 1);
    return Array.from({ length: count }, (_, i) => level(dim + 1, offset + i * step, step));
  };
  return level(0, 0, data.length);
}
