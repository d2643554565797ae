import { ShapeError } from "../base/errors.ts";
import { formatShape, normalizeDim, normalizeDims, numel, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { defineOp, kernel, type Op } from "../graph/op.ts";
import { checkInts, checkTensor, type ListArgument, numbersOf } from "../tensor/arguments.ts";
import type { Dims, Sizes } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import * as broadcast from "./broadcast.ts";
import { clone } from "./copying.ts";
import { swap } from "./reordering.ts";
import { viewBy, viewInShape } from "./views.ts";

// --- same elements, other sizes -----------------------------------------------------------------------------------

const SHAPE = { name: "shape", position: 2, wayOut: "Sizes are one array: [2, -1]." };
const ORDER = { name: "dims", position: 2, wayOut: "Name every dimension once: [1, 0]." };
const SOURCE = { name: "source", position: 2, wayOut: "Give one dimension, or as many as there are destinations." };
const DESTINATION = {
  name: "destination",
  position: 3,
  wayOut: "Give one dimension, or as many as there are sources.",
};
const ALONG = { name: "dims", position: 2, wayOut: "Dimensions are one array: [0, 1]." };

/**
 * The same elements, row by row, in another shape; one size may be -1. A view where there can be one, else a copy: of `x.t()` most shapes are.
 *
 * @throws ShapeError `shape '[2, 4]' is invalid for input of size 6`
 * @see https://pytorch.org/docs/stable/generated/torch.reshape.html
 * @example reshape(arange(6), [2, -1]) // tensor([[0, 1, 2], [3, 4, 5]])
 */
export function reshape(x: Tensor, ...shape: Sizes): Tensor {
  checkTensor("reshape", x);
  return inShape(x, broadcast.targetShape(x, numbersOf("reshape", shape, SHAPE)));
}

/**
 * Dimensions `startDim` to `endDim` become one. A view where there can be one, else a copy.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.flatten.html
 * @example flatten(ones([2, 3, 4]), 1).shape // [2, 12]
 */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  if (arguments.length > 3) throw surplusArguments("flatten(x, startDim?, endDim?)", arguments.length);
  checkTensor("flatten", x);
  const [start, end] = [normalizeDim("flatten", startDim, x.ndim), normalizeDim("flatten", endDim, x.ndim)];
  if (start > end) {
    throw new ShapeError(
      "flatten",
      "flatten() has invalid args: start_dim cannot come after end_dim",
      `got ${start} and ${end}`,
    );
  }
  const { shape } = x;
  // As in PyTorch, the tensor itself where there is nothing to do.
  if (start === end && x.ndim > 0) return x;
  return inShape(x, [...shape.slice(0, start), numel(shape.slice(start, end + 1)), ...shape.slice(end + 1)]);
}

/**
 * Dimension `dim` becomes several; one size may be -1. Shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.unflatten.html
 * @example unflatten(ones([6]), 0, [2, -1]).shape // [2, 3]
 */
export function unflatten(x: Tensor, dim: number, sizes: Shape): Tensor {
  if (arguments.length > 3) throw surplusArguments("unflatten(x, dim, sizes)", arguments.length);
  checkTensor("unflatten", x);
  checkInts("unflatten", sizes, { name: "sizes", position: 3, wayOut: "Sizes are one array: [2, -1]." });
  const at = normalizeDim("unflatten", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  if (sizes.length === 0) throw new ShapeError("unflatten", "unflatten: sizes must be non-empty");
  const known = numel(sizes.filter((length) => length !== -1));
  const fits = sizes.includes(-1) ? size % known === 0 : known === size;
  if (!fits) {
    throw new ShapeError(
      "unflatten",
      `unflatten: Provided sizes ${formatShape(sizes)} don't multiply up to the size of dim ${at} (${size}) in the input tensor`,
    );
  }
  return inShape(x, broadcast.targetShape(x, [...x.shape.slice(0, at), ...sizes, ...x.shape.slice(at + 1)]));
}

/**
 * Without dimensions of size 1, or without those of `dim` that have size 1. Shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.squeeze.html
 * @example squeeze(ones([1, 3, 1])).shape // [3]
 */
export function squeeze(x: Tensor, dim?: Dims): Tensor {
  if (arguments.length > 2) throw surplusArguments("squeeze(x, dim?)", arguments.length);
  checkTensor("squeeze", x);
  // An empty list means no dimension here, and all of them to a reduction.
  const dims = Array.isArray(dim) && dim.length === 0 ? [] : normalizeDims("squeeze", dim, x.ndim);
  const shape = x.shape.filter((size, i) => size !== 1 || !dims.includes(i));
  return inShape(x, shape, "squeeze");
}

/**
 * With a dimension of size 1 before `dim`. Shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.unsqueeze.html
 * @example unsqueeze(ones([3]), 0).shape // [1, 3]
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  if (arguments.length > 2) throw surplusArguments("unsqueeze(x, dim)", arguments.length);
  checkTensor("unsqueeze", x);
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1);
  return inShape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)], "unsqueeze");
}

/** The view in another shape, or where there is none a copy. */
function inShape(x: Tensor, shape: Shape, name = "view"): Tensor {
  return viewInShape(x, shape, name) ?? broadcast.reshape(clone(x), shape);
}

// --- same elements, other order -----------------------------------------------------------------------------------

/**
 * The dimensions in another order: dimension `i` of the result is dimension `order[i]` of `x`. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.permute.html
 * @example permute(ones([2, 3, 4]), [2, 0, 1]).shape // [4, 2, 3]
 */
export function permute(x: Tensor, ...order: Sizes): Tensor {
  checkTensor("permute", x);
  const dims = numbersOf("permute", order, ORDER);
  if (dims.length !== x.ndim) {
    throw new ShapeError(
      "permute",
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${x.ndim} is not equal to len(dims) = ${dims.length}`,
      `dims are ${formatShape(dims)}`,
      "Name every dimension once.",
    );
  }
  const perm = dims.map((dim) => normalizeDim("permute", dim, x.ndim));
  if (new Set(perm).size !== perm.length) {
    throw new ShapeError(
      "permute",
      "permute(): duplicate dims are not allowed.",
      `dims are ${formatShape(dims)}`,
      "Name every dimension once.",
    );
  }
  return reordered("permute", x, perm);
}

/**
 * Dimensions `dim0` and `dim1` swapped. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.transpose.html
 * @example transpose(tensor([[1, 2], [3, 4]]), 0, 1) // tensor([[1., 3.], [2., 4.]])
 */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  if (arguments.length > 3) throw surplusArguments("transpose(x, dim0, dim1)", arguments.length);
  checkTensor("transpose", x);
  const [a, b] = [normalizeDim("transpose", dim0, x.ndim), normalizeDim("transpose", dim1, x.ndim)];
  return reordered("transpose", x, swap(x.ndim, a, b));
}

function reordered(name: string, x: Tensor, order: readonly number[]): Tensor {
  if (order.every((dim, i) => dim === i)) return inShape(x, x.shape, name);
  const to = order.map((dim) => x.shape[dim] as number);
  return viewBy(name, x, { kind: "permute", from: x.shape, to, order });
}

/**
 * The transpose of a matrix; vectors and scalars as they are. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.t.html
 * @example t(tensor([[1, 2], [3, 4]])) // tensor([[1., 3.], [2., 4.]])
 */
export function t(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("t(x)", arguments.length);
  checkTensor("t", x);
  if (x.ndim > 2) {
    throw new ShapeError(
      "t",
      `t() expects a tensor with <= 2 dimensions, but self is ${x.ndim}D`,
      "",
      "Use transpose(dim0, dim1) or permute(...).",
    );
  }
  return reordered("t", x, swap(x.ndim, 0, x.ndim - 1));
}

const flipOp: Op<readonly number[]> = defineOp<readonly number[]>("flip", {
  forward: ([x], dims) => {
    const input = x as Tensor;
    return kernel("flip", { x: input }, { dims }, input.shape, input.dtype);
  },
  backward: (grad, { attrs }) => [flipOp([grad], attrs)],
});

/**
 * The order of elements along dimensions reversed.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.flip.html
 * @example flip(tensor([1, 2, 3]), [0]) // tensor([3., 2., 1.])
 */
export function flip(x: Tensor, ...along: Sizes): Tensor {
  checkTensor("flip", x);
  const dims = numbersOf("flip", along, ALONG);
  return flipOp([x], dims.length === 0 ? [] : normalizeDims("flip", dims, x.ndim));
}

/**
 * Dimensions `source` moved to `destination`; the others keep their order. A view: it shares memory with `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.movedim.html
 * @example movedim(ones([2, 3, 4]), 0, 2).shape // [3, 4, 2]
 */
export function movedim(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  if (arguments.length > 3) throw surplusArguments("movedim(x, source, destination)", arguments.length);
  checkTensor("movedim", x);
  const from = listed(source, SOURCE);
  const to = listed(destination, DESTINATION);
  if (from.length !== to.length) {
    throw new ShapeError(
      "movedim",
      `movedim: Invalid source or destination dims: source (${formatShape(from)} dims) should contain the same number of dims as destination (${formatShape(to)} dims)`,
    );
  }
  const [places, targets] = [from, to].map((dims) => dims.map((dim) => normalizeDim("movedim", dim, x.ndim))) as [
    number[],
    number[],
  ];
  for (const [name, dims, given] of [
    ["source", places, from],
    ["destination", targets, to],
  ] as const) {
    if (new Set(dims).size !== dims.length) {
      throw new ShapeError("movedim", `movedim: repeated dim in \`${name}\` (${formatShape(given)})`);
    }
  }
  const order = new Array<number>(x.ndim).fill(-1);
  targets.forEach((target, i) => {
    order[target] = places[i] as number;
  });
  const rest = x.shape.map((_, i) => i).filter((i) => !places.includes(i));
  return reordered(
    "permute",
    x,
    order.map((dim) => (dim < 0 ? (rest.shift() as number) : dim)),
  );
}

function listed(dims: number | readonly number[], argument: ListArgument): readonly number[] {
  return numbersOf("movedim", [dims], argument);
}
