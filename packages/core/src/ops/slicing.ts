import { isFloat } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError, ShapeError, ValueError } from "../base/errors.ts";
import { formatShape, normalizeDim, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { SliceStep } from "../storage/view-step.ts";
import { checkInt, checkInts, checkTensor, invalidCombination } from "../tensor/arguments.ts";
import type { Pieces } from "../tensor/method-arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { diagonalStep, selectStep, sliceStep } from "./part-steps.ts";
import { viewBy } from "./views.ts";

// Parts of a tensor.

/**
 * `length` elements of dimension `dim` from `start` on; `start`, a number or a scalar of integers, may count from the end. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.narrow.html
 * @example narrow(tensor([1, 2, 3, 4]), 0, 1, 2) // tensor([2., 3.])
 */
export function narrow(x: Tensor, dim: number, start: number | Tensor, length: number): Tensor {
  if (arguments.length > 4) throw surplusArguments("narrow(x, dim, start, length)", arguments.length);
  checkTensor("narrow", x);
  if (isTensor(start)) return narrow(x, dim, startOf(start), length);
  if (typeof start !== "number") {
    throw invalidCombination(
      "narrow",
      [x, dim, start, length],
      "Start at a whole number, or at a scalar tensor of one.",
    );
  }
  checkInt("narrow", start, "start", 3);
  checkInt("narrow", length, "length", 4);
  if (x.ndim === 0) {
    throw new ShapeError("narrow", "narrow() cannot be applied to a 0-dim tensor.", "", "Read it with item().");
  }
  const at = normalizeDim("narrow", dim, x.ndim);
  const available = x.shape[at] as number;
  const from = start < 0 ? start + available : start;
  if (length >= 0 && (start < -available || start > available)) {
    throw new IndexOutOfRangeError(
      "narrow",
      `start out of range (expected to be in range of [${-available}, ${available}], but got ${start})`,
    );
  }
  if (from < 0 || length < 0 || from + length > available) {
    throw new IndexOutOfRangeError(
      "narrow",
      length < 0
        ? "narrow(): length must be non-negative."
        : `start (${start}) + length (${length}) exceeds dimension size (${available}).`,
      `the shape is ${formatShape(x.shape)}, the dimension ${at}`,
    );
  }
  return viewBy("slice", x, sliceStep(x.shape, at, from, length));
}

/** Reads where to start. */
function startOf(start: Tensor): number {
  start.check("narrow");
  if (start.ndim > 0 || start.dtype === "bool" || isFloat(start.dtype)) {
    throw new DTypeError(
      "narrow",
      "start must be an 0-dim integral Tensor.",
      `got ${start.dtype} of shape ${formatShape(start.shape)}`,
    );
  }
  return start.itemSync();
}

let lastShape: Shape = [];
let lastSample: Shape = [];

/** The shape of one sample of a batch. Samples are taken one after the other: they share it. */
function sampleShape(shape: Shape): Shape {
  if (shape !== lastShape) {
    lastSample = shape.slice(1);
    lastShape = shape;
  }
  return lastSample;
}

/**
 * Element `index` of dimension `dim`, which goes away. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.select.html
 * @example select(tensor([[1, 2], [3, 4]]), 0, 1) // tensor([3., 4.])
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  if (arguments.length > 3) throw surplusArguments("select(x, dim, index)", arguments.length);
  checkTensor("select", x);
  return selected("select", x, selectStep("select", x, dim, index, 3));
}

/** One element of a dimension, which goes away. */
function selected(name: string, x: Tensor, step: SliceStep, output?: number): Tensor {
  const { from, dim } = step;
  const shape = dim === 0 ? sampleShape(from) : from.filter((_, i) => i !== dim);
  return viewBy(name, x, step, output === undefined ? { shape } : { shape, output });
}

function refuseScalar(op: string, x: Tensor): void {
  if (x.ndim > 0) return;
  throw new ShapeError(op, `${op} expects at least a 1-dimensional tensor`, "", "Give it a dimension: x.view(1).");
}

/**
 * Pieces of `size` along `dim` (the last may be smaller), or pieces of the sizes given: views, which share memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.split.html
 * @example split(arange(5), 2).length // 3
 */
export function split<const Size extends number | readonly number[]>(
  x: Tensor,
  size: Size,
  dim?: number,
): Pieces<Size, Tensor>;
export function split(x: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  if (arguments.length > 3) throw surplusArguments("split(x, size, dim?)", arguments.length);
  checkTensor("split", x);
  refuseScalar("split", x);
  if (typeof size !== "number") {
    checkInts("split", size, {
      name: "split_size",
      position: 2,
      wayOut: "Give a size, or the sizes of the parts: [2, 3].",
    });
  }
  const at = normalizeDim("split", dim, x.ndim);
  const total = x.shape[at] as number;
  if (typeof size === "number" && (!Number.isInteger(size) || size < 1)) {
    if (size === 0 && total === 0) return [narrow(x, at, 0, 0)];
    throw new ValueError(
      "split",
      size === 0
        ? `split_size can only be 0 if dimension size is 0, but got dimension size of ${total}`
        : `split expects split_size be non-negative, but got split_size=${size}`,
    );
  }
  const sizes =
    typeof size === "number"
      ? Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, i) => Math.min(size, total - i * size))
      : size;
  if (sizes.some((length) => length < 0)) {
    throw new ValueError(
      "split",
      `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${formatShape(sizes)}`,
    );
  }
  if (sizes.reduce((a, b) => a + b, 0) !== total) {
    throw new ShapeError(
      "split",
      `split_with_sizes expects split_sizes to sum exactly to ${total} (input tensor's size at dimension ${at}), but got split_sizes=${formatShape(sizes)}`,
    );
  }
  let start = 0;
  const name = typeof size === "number" ? "split" : "splitWithSizes";
  return sizes.map((length, output) => {
    const piece = viewBy(name, x, sliceStep(x.shape, at, start, length), { output });
    start += length;
    return piece;
  });
}

/**
 * At most `chunks` pieces of equal size along `dim` (the last may be smaller): views, which share memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.chunk.html
 * @example chunk(arange(5), 2).length // 2
 */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  if (arguments.length > 3) throw surplusArguments("chunk(x, chunks, dim?)", arguments.length);
  checkTensor("chunk", x);
  refuseScalar("chunk", x);
  checkInt("chunk", chunks, "chunks", 2);
  if (chunks < 1) {
    throw new ValueError("chunk", `chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  }
  const total = x.shape[normalizeDim("chunk", dim, x.ndim)] as number;
  // Nothing in as many pieces as were asked for.
  if (total === 0) return split(x, new Array<number>(chunks).fill(0), dim);
  return split(x, Math.ceil(total / chunks), dim);
}

/**
 * The elements of dimension `dim`, one view each: they share memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.unbind.html
 * @example unbind(tensor([[1, 2], [3, 4]]))[1] // tensor([3., 4.])
 */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  if (arguments.length > 2) throw surplusArguments("unbind(x, dim?)", arguments.length);
  checkTensor("unbind", x);
  if (x.ndim === 0) {
    throw new IndexOutOfRangeError("unbind", `Dimension specified as ${dim} but tensor has no dimensions`);
  }
  const at = normalizeDim("unbind", dim, x.ndim);
  return Array.from({ length: x.shape[at] as number }, (_, i) =>
    selected("unbind", x, sliceStep(x.shape, at, i, 1), i),
  );
}

/**
 * The elements at `[i, i + offset]` of dimensions `dim1` and `dim2`, as the last dimension. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.diagonal.html
 * @example diagonal(tensor([[1, 2], [3, 4]])) // tensor([1., 4.])
 */
export function diagonal(x: Tensor, offset = 0, dim1 = 0, dim2 = 1): Tensor {
  if (arguments.length > 4) throw surplusArguments("diagonal(x, offset?, dim1?, dim2?)", arguments.length);
  checkTensor("diagonal", x);
  return viewBy("diagonal", x, diagonalStep("diagonal", x, offset, dim1, dim2));
}

/**
 * Windows of `size` elements of dimension `dimension`, `step` apart; their elements are a new dimension at the end. A
 * view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.unfold.html
 * @example arange(4).unfold(0, 2, 1) // tensor([[0, 1], [1, 2], [2, 3]])
 */
export function unfold(x: Tensor, dimension: number, size: number, step: number): Tensor {
  if (arguments.length > 4) throw surplusArguments("unfold(x, dimension, size, step)", arguments.length);
  checkTensor("unfold", x);
  checkInt("unfold", size, "size", 3);
  checkInt("unfold", step, "step", 4);
  const dim = normalizeDim("unfold", dimension, x.ndim);
  const length = x.shape[dim] ?? 1;
  if (size > length) {
    throw new ShapeError(
      "unfold",
      `maximum size for tensor at dimension ${dim} is ${length} but size is ${size}`,
      `the shape is ${formatShape(x.shape)}`,
    );
  }
  if (size < 0) throw new ShapeError("unfold", `size is ${size} but must be >= 0`);
  if (step <= 0) throw new ShapeError("unfold", `step is ${step} but must be > 0`);
  const count = Math.floor((length - size) / step) + 1;
  const from = x.ndim === 0 ? [1] : x.shape;
  const whole = [...from.map((n, i) => (i === dim ? count : n)), size];
  return viewBy(
    "unfold",
    x,
    { kind: "unfold", from, to: whole, dim, stride: step },
    { shape: x.ndim === 0 ? [size] : whole },
  );
}
