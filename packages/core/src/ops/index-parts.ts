import type { TypedArray } from "../base/dtype.ts";
import { ArgumentTypeError, DTypeError, IndexOutOfRangeError } from "../base/errors.ts";
import { formatShape, numel, stridesOf } from "../base/shape.ts";
import { moveTo } from "../graph/op.ts";
import { kindOf } from "../tensor/arguments.ts";
import type { Index } from "../tensor/method-arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { reshape } from "./broadcast.ts";
import { where } from "./comparison.ts";
import { cast } from "./conversion.ts";
import { elementsAtOnce, indexTensor, maskTensor, peek } from "./index-tensor.ts";
import { unsqueeze } from "./movement.ts";
import { sliceRange, sliceStep } from "./part-steps.ts";
import { select } from "./slicing.ts";
import { viewBy } from "./views.ts";

/** Positions along one dimension. */
export interface Picked {
  readonly dim: number;
  readonly positions: Tensor;
}

/** An index, taken apart: the view that its numbers, slices and new dimensions give, and the positions that tensors pick of it. */
export interface Parts {
  readonly view: Tensor;
  readonly picked: readonly Picked[];
}

/** Takes an index apart; errors are those of `op`. */
export function takenApart(op: string, x: Tensor, indices: readonly Index<Tensor>[]): Parts {
  const items = indices.map((item) => indexItem(op, item, x));
  const used = items.reduce<number>((n, item) => n + coveredBy(item), 0);
  if (used > x.ndim) {
    throw new IndexOutOfRangeError(op, `too many indices for tensor of dimension ${x.ndim}`, `got ${used}`);
  }
  let view = x;
  let dim = 0;
  const picked: Picked[] = [];
  for (const item of items) {
    if (item === null) {
      view = unsqueeze(view, dim);
      dim += 1;
    } else if (item === "...") dim += x.ndim - used;
    else if (typeof item === "number") view = position(op, view, dim, item);
    else if (typeof item === "string") {
      view = slice(op, view, dim, item);
      dim += 1;
    } else {
      if (item.ndim === 0 && item.dtype === "bool") view = unsqueeze(view, dim);
      for (const positions of item.dtype === "bool" ? maskPositions(op, view, dim, item) : [item]) {
        picked.push({ dim, positions: checkPositions(op, view, dim, positions) });
        dim += 1;
      }
    }
  }
  return { view, picked };
}

type Item = number | string | null | Tensor;

/** An index as its kind: an array, of any depth, is a tensor; `true` and `false` are masks of no dimension. */
function indexItem(op: string, item: Index<Tensor>, x: Tensor): Item {
  if (item === null || typeof item === "number" || typeof item === "string" || isTensor(item)) return item;
  const shape: number[] = [];
  for (let level: unknown = item; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat: unknown[] = Array.isArray(item) ? item.flat(Number.POSITIVE_INFINITY) : [item];
  const first = typeof flat[0];
  const even = flat.every((value) => typeof value === first) && flat.length === numel(shape);
  if (even && (flat.length === 0 || first === "number")) {
    return reshape(indexTensor(flat as number[], x), shape);
  }
  if (even && first === "boolean") return reshape(maskTensor(flat as boolean[], x), shape);
  throw new ArgumentTypeError(
    op,
    `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${kindOf(item)})`,
    "",
    "None is null here; an array holds numbers or booleans, all of one kind.",
  );
}

/** How many dimensions an index stands for. */
function coveredBy(item: Item): number {
  if (item === null || item === "...") return 0;
  return isTensor(item) && item.dtype === "bool" ? item.ndim : 1;
}

function outOfBounds(op: string, index: number, dim: number, size: number): IndexOutOfRangeError {
  return new IndexOutOfRangeError(op, `index ${index} is out of bounds for dimension ${dim} with size ${size}`);
}

function position(op: string, x: Tensor, dim: number, index: number): Tensor {
  const size = x.shape[dim] as number;
  if (!Number.isInteger(index) || index < -size || index >= size) throw outOfBounds(op, index, dim, size);
  return select(x, dim, index);
}

/** Positions on the device of `x`, counted from the front. Those known on the host are checked. */
function checkPositions(op: string, x: Tensor, dim: number, positions: Tensor): Tensor {
  if (positions.dtype !== "int64" && positions.dtype !== "int32" && positions.dtype !== "uint8") {
    throw new DTypeError(
      op,
      "tensors used as indices must be long, int, byte or bool tensors",
      `got ${positions.dtype}`,
      "Convert it: index.long().",
    );
  }
  const size = x.shape[dim] as number;
  const known = elementsAtOnce(positions);
  const wrong = known?.find((value) => value < -size || value >= size);
  if (wrong !== undefined) throw outOfBounds(op, wrong, dim, size);
  // As in PyTorch, positions may be on the cpu wherever the tensor is.
  const here = positions.device.host !== undefined ? moveTo(positions, x.device) : positions;
  const whole = cast(here, "int32");
  if (known?.every((value) => value >= 0) === true) return whole;
  return where(whole.lt(0), add(whole, size), whole);
}

/** Where a mask holds, one tensor of positions for each of its dimensions. */
function maskPositions(op: string, x: Tensor, dim: number, mask: Tensor): Tensor[] {
  const wrong = mask.shape.findIndex((size, i) => size !== x.shape[dim + i]);
  if (wrong >= 0) {
    throw new IndexOutOfRangeError(
      op,
      `The shape of the mask ${formatShape(mask.shape)} at index ${wrong} does not match the shape of the indexed tensor ${formatShape(x.shape)} at index ${dim + wrong}`,
    );
  }
  const held = holding(peek(mask) ?? mask.toTypedArraySync());
  // A mask of no dimension picks of a new one of size 1: all of it or nothing.
  if (mask.ndim === 0) return [indexTensor(held, x)];
  return stridesOf(mask.shape).map((stride, i) =>
    indexTensor(
      held.map((at) => Math.floor(at / stride) % (mask.shape[i] as number)),
      x,
    ),
  );
}

/** The positions of what is not zero. */
function holding(data: TypedArray): number[] {
  const found: number[] = [];
  data.forEach((value, i) => {
    if (value !== 0) found.push(i);
  });
  return found;
}

const SLICE = /^\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)(?::\s*(-?\d+)?\s*)?$/;

/** One dimension by a slice, as Python writes it. */
function slice(op: string, x: Tensor, dim: number, text: string): Tensor {
  const parts = SLICE.exec(text);
  if (parts === null) {
    throw new IndexOutOfRangeError(
      op,
      `'${text}' is not a slice`,
      "",
      'Write it as Python does: ":", "1:3", "::2", "-5:".',
    );
  }
  const size = x.shape[dim] as number;
  const [, from, to, by] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  const step = by ?? 1;
  if (step === 0) throw new IndexOutOfRangeError(op, "slice step cannot be zero");
  if (step < 1) throw new IndexOutOfRangeError(op, "step must be greater than zero", `got ${step}`, "Use flip().");
  const { start, length } = sliceRange(size, from ?? 0, to ?? size, step);
  if (length === size && step === 1) return x;
  return viewBy("slice", x, sliceStep(x.shape, dim, start, length, step));
}
