import { normalizeDim, numel, type Shape } from "../base/shape.ts";
import { cloneLazily, defineOp, kernel, type Op } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { reshape } from "./broadcast.ts";

// Other orders and other dimensions, as ops use them on the way to a result. Those of programs, in movement.ts, are views.

/** The elements in the order of other dimensions: a copy. */
export const permuteOp: Op<readonly number[]> = defineOp<readonly number[]>("permute", {
  forward([x], order) {
    const input = x as Tensor;
    const shape = order.map((dim) => input.shape[dim] as number);
    const moved = order.filter((dim) => input.shape[dim] !== 1);
    if (moved.every((dim, i) => i === 0 || dim > (moved[i - 1] as number))) return cloneLazily(input, shape);
    return kernel("permute", { x: input }, { dims: order }, shape, input.dtype);
  },
  backward: (grad, { attrs: order }) => [permuteOp([grad], inverse(order))],
});

/** The order that undoes `order`. */
export function inverse(order: readonly number[]): number[] {
  const out = new Array<number>(order.length);
  order.forEach((dim, i) => {
    out[dim] = i;
  });
  return out;
}

export function permute(x: Tensor, order: readonly number[]): Tensor {
  return permuteOp([x], order);
}

/** The order that swaps two of `ndim` dimensions. */
export function swap(ndim: number, dim0: number, dim1: number): number[] {
  return Array.from({ length: ndim }, (_, i) => (i === dim0 ? dim1 : i === dim1 ? dim0 : i));
}

export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  const at = (dim: number): number => normalizeDim("transpose", dim, x.ndim);
  return permute(x, swap(x.ndim, at(dim0), at(dim1)));
}

/** The dimensions from `startDim` on as one. */
export function flatten(x: Tensor, startDim = 0): Tensor {
  const front = startDim < 0 ? x.ndim + startDim : startDim;
  return reshape(x, [...x.shape.slice(0, front), numel(x.shape.slice(front))]);
}

/** Without dimension `dim`, if its size is 1. */
export function squeeze(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("squeeze", dim, x.ndim);
  return x.shape[at] === 1 ? reshape(x, without(x.shape, at)) : x;
}

function without(shape: Shape, dim: number): Shape {
  return shape.filter((_, i) => i !== dim);
}

/** With a dimension of size 1 before `dim`. */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}
