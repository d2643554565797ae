import type { TypedArray } from "../../base/dtype.ts";
import { numel, type Shape, stridesOf } from "../../base/shape.ts";

/**
 * Calls `visit` for each row of `shape`, its last dimension: where it starts in a tensor of that shape, and where the element stands that
 * has the same position in one of `other`, position 0 along `dim`.
 */
function eachRow(shape: Shape, other: Shape, dim: number, visit: (at: number, from: number) => void): void {
  const last = shape.length - 1;
  const width = shape[last] as number;
  const strides = stridesOf(other);
  const position = new Array<number>(last).fill(0);
  const rows = numel(shape.slice(0, last));
  for (let row = 0, from = 0; row < rows; row++) {
    visit(row * width, from);
    for (let d = last - 1; d >= 0; d--) {
      const stride = d === dim ? 0 : (strides[d] as number);
      position[d] = (position[d] as number) + 1;
      from += stride;
      if ((position[d] as number) < (shape[d] as number)) break;
      from -= stride * (position[d] as number);
      position[d] = 0;
    }
  }
}

/** How far elements of `x` are apart that stand side by side in the index, and that are one position apart along `dim`. */
function steps(shape: Shape, dim: number): [side: number, along: number] {
  return [dim === shape.length - 1 ? 0 : 1, stridesOf(shape)[dim] as number];
}

/** `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on. `index`, of the shape `indexShape`, lies within bounds. */
export function gatherInto(
  x: TypedArray,
  shape: Shape,
  index: TypedArray,
  indexShape: Shape,
  dim: number,
  out: TypedArray,
): void {
  const [side, along] = steps(shape, dim);
  const width = indexShape.at(-1) as number;
  eachRow(indexShape, shape, dim, (at, from) => {
    for (let j = 0; j < width; j++) out[at + j] = x[from + j * side + (index[at + j] as number) * along] as number;
  });
}

/** Adds `updates`, of the shape `indexShape`, to the elements of `out` that {@link gatherInto} would read. */
export function scatterAddInto(
  updates: TypedArray,
  index: TypedArray,
  indexShape: Shape,
  dim: number,
  out: TypedArray,
  shape: Shape,
): void {
  const [side, along] = steps(shape, dim);
  const width = indexShape.at(-1) as number;
  eachRow(indexShape, shape, dim, (at, to) => {
    for (let j = 0; j < width; j++) {
      const place = to + j * side + (index[at + j] as number) * along;
      out[place] = (out[place] as number) + (updates[at + j] as number);
    }
  });
}
