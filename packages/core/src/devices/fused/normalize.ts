import { numel, type Shape } from "../../base/shape.ts";

/** Rows of elements, and the groups whose elements share a mean. */
interface Groups {
  /** How many elements a group has. */
  readonly count: number;
  readonly width: number;
  /** 0 where a row is one group, or part of one; 1 where each of its elements belongs to another. */
  readonly side: 0 | 1;
  /** The first group of each row. */
  readonly starts: Int32Array;
}

/** The groups of a tensor: elements that differ in `dims` only. They are numbered as the result keeps them. */
function groupsOf(shape: Shape, dims: readonly number[]): Groups {
  // The last dimensions that are alike make a row.
  let first = shape.length;
  const isLastReduced = dims.includes(shape.length - 1);
  while (first > 0 && dims.includes(first - 1) === isLastReduced) first -= 1;
  const width = numel(shape.slice(first));
  const starts = new Int32Array(numel(shape.slice(0, first)));
  let stride = isLastReduced ? 1 : width;
  let rows = 1;
  for (let dim = first - 1; dim >= 0; dim--) {
    const size = shape[dim] as number;
    const own = dims.includes(dim) ? 0 : stride;
    // The rows of the later dimensions, repeated for every position in this one.
    for (let at = 1; at < size; at++) {
      for (let row = 0; row < rows; row++) starts[at * rows + row] = (starts[row] as number) + at * own;
    }
    rows *= size;
    if (own > 0) stride *= size;
  }
  const count = dims.reduce((product, dim) => product * (shape[dim] as number), 1);
  return { count, width, side: isLastReduced ? 0 : 1, starts };
}

/** `(x - mean) / sqrt(variance + eps)` over `dims`, with the mean and the variance, added up in double precision. */
export function normalizeInto(
  x: Float32Array,
  shape: Shape,
  dims: readonly number[],
  eps: number,
  out: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): void {
  const { count, width, side, starts } = groupsOf(shape, dims);
  const means = new Float64Array(mean.length);
  for (let row = 0, at = 0; row < starts.length; row++) {
    for (let j = 0, group = starts[row] as number; j < width; j++, at++, group += side) {
      means[group] = (means[group] as number) + (x[at] as number);
    }
  }
  for (let i = 0; i < means.length; i++) means[i] = (means[i] as number) / count;
  const squares = new Float64Array(means.length);
  for (let row = 0, at = 0; row < starts.length; row++) {
    for (let j = 0, group = starts[row] as number; j < width; j++, at++, group += side) {
      const centred = (x[at] as number) - (means[group] as number);
      squares[group] = (squares[group] as number) + centred * centred;
    }
  }
  mean.set(means);
  for (let i = 0; i < squares.length; i++) {
    variance[i] = (squares[i] as number) / count;
    squares[i] = 1 / Math.sqrt((squares[i] as number) / count + eps);
  }
  for (let row = 0, at = 0; row < starts.length; row++) {
    for (let j = 0, group = starts[row] as number; j < width; j++, at++, group += side) {
      out[at] = ((x[at] as number) - (means[group] as number)) * (squares[group] as number);
    }
  }
}

/** `(grad - mean(grad) - output mean(grad output)) / sqrt(variance + eps)` over `dims`. */
export function normalizeGradInto(
  grad: Float32Array,
  output: Float32Array,
  variance: Float32Array,
  shape: Shape,
  dims: readonly number[],
  eps: number,
  out: Float32Array,
): void {
  const { count, width, side, starts } = groupsOf(shape, dims);
  const means = new Float64Array(variance.length);
  const products = new Float64Array(variance.length);
  for (let row = 0, at = 0; row < starts.length; row++) {
    for (let j = 0, group = starts[row] as number; j < width; j++, at++, group += side) {
      means[group] = (means[group] as number) + (grad[at] as number);
      products[group] = (products[group] as number) + (grad[at] as number) * (output[at] as number);
    }
  }
  const scales = Float64Array.from(variance, (value) => 1 / Math.sqrt(value + eps));
  for (let row = 0, at = 0; row < starts.length; row++) {
    for (let j = 0, group = starts[row] as number; j < width; j++, at++, group += side) {
      const shared = ((means[group] as number) + (output[at] as number) * (products[group] as number)) / count;
      out[at] = ((grad[at] as number) - shared) * (scales[group] as number);
    }
  }
}
