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

/** Tensors as `gather` sees them, where the index differs from the other along one dimension only. */
export interface Blocks {
  /** The positions before the dimension, and after it. */
  readonly outer: number;
  readonly inner: number;
  /** The sizes of the dimension. */
  readonly size: number;
  readonly picked: number;
}

/** The blocks of tensors of these shapes; null where the index is smaller along another dimension, too. */
export function blocksOf(shape: Shape, indexShape: Shape, dim: number): Blocks | null {
  if (indexShape.some((size, i) => i !== dim && size !== shape[i])) return null;
  return {
    outer: numel(shape.slice(0, dim)),
    inner: numel(shape.slice(dim + 1)),
    size: shape[dim] as number,
    picked: indexShape[dim] as number,
  };
}

/** Elements of four bytes as they are stored: one kind of array in the loops, which engines then compile well. */
function words(elements: TypedArray): TypedArray {
  return elements instanceof Float32Array
    ? new Int32Array(elements.buffer, elements.byteOffset, elements.length)
    : elements;
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
  const blocks = blocksOf(shape, indexShape, dim);
  if (blocks !== null) {
    gatherBlocks(words(x), index, blocks, words(out));
    return;
  }
  const [side, along] = steps(shape, dim);
  const width = indexShape.at(-1) as number;
  eachRow(indexShape, shape, dim, (at, from) => {
    for (let j = 0; j < width; j++) out[at + j] = x[from + j * side + (index[at + j] as number) * along] as number;
  });
}

function gatherBlocks(x: TypedArray, index: TypedArray, { outer, inner, size, picked }: Blocks, out: TypedArray): void {
  let at = 0;
  for (let from = 0; from < outer * size * inner; from += size * inner) {
    for (let row = 0; row < picked; row++) {
      for (let i = from; i < from + inner; i++, at++) out[at] = x[i + (index[at] as number) * inner] as number;
    }
  }
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
  const blocks = blocksOf(shape, indexShape, dim);
  if (blocks !== null) {
    scatterBlocks(updates, index, blocks, out);
    return;
  }
  const [side, along] = steps(shape, dim);
  const width = indexShape.at(-1) as number;
  eachRow(indexShape, shape, dim, (at, to) => {
    for (let j = 0; j < width; j++) {
      const place = to + j * side + (index[at + j] as number) * along;
      out[place] = (out[place] as number) + (updates[at + j] as number);
    }
  });
}

function scatterBlocks(
  updates: TypedArray,
  index: TypedArray,
  { outer, inner, size, picked }: Blocks,
  out: TypedArray,
): void {
  let at = 0;
  for (let to = 0; to < outer * size * inner; to += size * inner) {
    for (let row = 0; row < picked; row++) {
      for (let i = to; i < to + inner; i++, at++) {
        const place = i + (index[at] as number) * inner;
        out[place] = (out[place] as number) + (updates[at] as number);
      }
    }
  }
}
