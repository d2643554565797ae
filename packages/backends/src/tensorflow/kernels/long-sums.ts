import { numel } from "@kindling/core/extend";
import type { TensorflowBackend } from "../backend.ts";
import type { TensorInfo } from "./kernel.ts";

// TensorFlow adds floats up in one float, vector by vector: a million terms lose three digits. Long sums are made of the sums of parts, and these again,
// until few are left.

/** Up to this many terms, a plain sum is right to six digits. */
const SHORT = 1024;

/** Terms of a part. */
const PART = 64;

/** `x` read as `[outer, n, inner]`. */
interface Layout {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** The sum of floats over `axes`, long ones in parts. */
export function sumInParts(
  tf: TensorflowBackend,
  x: TensorInfo,
  axes: readonly number[],
  keepDims: boolean,
): TensorInfo {
  const over = new Set(axes.map((axis) => (axis + x.shape.length) % x.shape.length));
  if (axes.reduce((count, axis) => count * (x.shape.at(axis) as number), 1) <= SHORT) {
    return tf.op("Sum", [x, tf.constants.ints(axes)], [tf.bool("keep_dims", keepDims)]);
  }
  let [sums, inner] = [x, 1];
  // Runs of dimensions that are summed over, the last one first.
  for (let dim = x.shape.length - 1; dim >= 0; dim--) {
    let n = x.shape[dim] as number;
    if (!over.has(dim)) {
      inner *= n;
      continue;
    }
    for (; over.has(dim - 1); dim--) n *= x.shape[dim - 1] as number;
    sums = sumOf(tf, sums, { outer: numel(x.shape.slice(0, dim)), n, inner });
  }
  const shape = x.shape.flatMap((size, dim) => (over.has(dim) ? (keepDims ? [1] : []) : [size]));
  return tf.op("Reshape", [sums, tf.constants.ints(shape)]);
}

function sumOf(tf: TensorflowBackend, x: TensorInfo, layout: Layout): TensorInfo {
  const { outer, inner } = layout;
  let [sums, n] = [x, layout.n];
  while (n > 2 * PART) {
    const { whole, parts } = inParts(tf, sums, { outer, n, inner });
    sums = added(tf, tf.idOf(whole, [outer * parts, PART, inner]));
    n = parts;
  }
  return added(tf, tf.idOf(sums, [outer, n, inner]));
}

/** The sum over the middle of three dimensions. */
function added(tf: TensorflowBackend, id: number): TensorInfo {
  return tf.op("Sum", [id, tf.constants.ints([1])], [tf.bool("keep_dims", false)]);
}

/** `x` with as many zeros after the middle dimension as make it a number of parts. */
function inParts(
  tf: TensorflowBackend,
  x: TensorInfo,
  { outer, n, inner }: Layout,
): { whole: TensorInfo; parts: number } {
  const parts = Math.ceil(n / PART);
  if (parts * PART === n) return { whole: x, parts };
  const widths = tf.constants.intRows([
    [0, 0],
    [0, parts * PART - n],
    [0, 0],
  ]);
  return { whole: tf.op("PadV2", [tf.idOf(x, [outer, n, inner]), widths, tf.constants.float(0)]), parts };
}

/** How `Cumsum` runs. */
interface Run {
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/** The sums of the floats so far along `axis`, in parts. */
export function cumsumInParts(tf: TensorflowBackend, x: TensorInfo, axis: number, run: Run): TensorInfo {
  const layout = {
    outer: numel(x.shape.slice(0, axis)),
    n: x.shape[axis] as number,
    inner: numel(x.shape.slice(axis + 1)),
  };
  return tf.op("Reshape", [cumsumOf(tf, x, layout, run), tf.constants.ints(x.shape)]);
}

function cumsumOf(tf: TensorflowBackend, x: TensorInfo, layout: Layout, run: Run): TensorInfo {
  const { outer, n, inner } = layout;
  const flags = ({ exclusive, reverse }: Run) => [tf.bool("exclusive", exclusive), tf.bool("reverse", reverse)];
  const along = tf.constants.int(1);
  if (n <= 2 * PART) return tf.op("Cumsum", [tf.idOf(x, [outer, n, inner]), along], flags(run));
  const { whole, parts } = inParts(tf, x, layout);
  const split = tf.idOf(whole, [outer * parts, PART, inner]);
  const within = tf.op("Cumsum", [split, along], flags(run));
  const before = cumsumOf(tf, added(tf, split), { outer, n: parts, inner }, { ...run, exclusive: true });
  const sums = tf.op("AddV2", [within, tf.idOf(before, [outer * parts, 1, inner])]);
  if (parts * PART === n) return sums;
  const [begin, size] = [tf.constants.ints([0, 0, 0]), tf.constants.ints([outer, n, inner])];
  return tf.op("Slice", [tf.idOf(sums, [outer, parts * PART, inner]), begin, size]);
}
