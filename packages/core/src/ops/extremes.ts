import { DTypeError, IndexOutOfRangeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { normalizeDim, normalizeDims, reducedShape, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { cloneLazily, defineOp, kernel, type Op } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Dims, KeepDim, ValuesAndIndices } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { div, maximum, minimum, mul } from "./arithmetic.ts";
import { expand, reshape, withDims } from "./broadcast.ts";
import { eq, isnan, logicalAnd, logicalOr, where } from "./comparison.ts";
import { cast } from "./conversion.ts";
import { counting } from "./counting.ts";
import { dimAndOptions, KEEPDIM } from "./dim-options.ts";
import { computeType } from "./promotion.ts";
import { flatten } from "./reordering.ts";
import { sum } from "./sum.ts";
import { valuesAndIndices } from "./values-and-indices.ts";

// The largest and the smallest elements, and where they stand.

interface ReduceAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
}

function extreme(name: "amax" | "amin"): Op<ReduceAttrs> {
  return defineOp<ReduceAttrs>(name, {
    forward([x], { dims, keepdim }) {
      const input = x as Tensor;
      const shape = reducedShape(input.shape, dims, keepdim);
      if (dims.every((dim) => input.shape[dim] === 1)) return cloneLazily(input, shape);
      const compute = computeType(input.dtype);
      return cast(kernel(name, { x: cast(input, compute) }, { dims, keepdim }, shape, compute), input.dtype);
    },
    // The gradient is shared evenly among those that are equally extreme.
    backward(grad, saved) {
      const { dims } = saved.attrs;
      const x = saved.input(0);
      const chosen = cast(eq(x, withDims(saved.output, x.shape, dims)), grad.dtype);
      const count = sum(chosen, dims.length === 0 ? undefined : dims, { keepdim: true });
      return [div(mul(chosen, withDims(grad, x.shape, dims)), count)];
    },
  });
}

const amaxOp = extreme("amax");
const aminOp = extreme("amin");

/**
 * The largest element over `dim` (all of them when none is named); equals share the gradient. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.amax.html
 * @example amax(tensor([[1, 5], [4, 2]]), 0) // tensor([4., 5.])
 */
export function amax(x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
  if (arguments.length > 3) throw surplusArguments("amax(x, dim?, options?)", arguments.length);
  checkTensor("amax", x);
  return extremeOver("amax", x, dim, options);
}

/**
 * The smallest element over `dim` (all of them when none is named); equals share the gradient. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.amin.html
 * @example amin(tensor([[1, 5], [4, 2]]), 0) // tensor([1., 2.])
 */
export function amin(x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
  if (arguments.length > 3) throw surplusArguments("amin(x, dim?, options?)", arguments.length);
  checkTensor("amin", x);
  return extremeOver("amin", x, dim, options);
}

function extremeOver(name: "amax" | "amin", x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
  const [over, { keepdim = false }] = dimAndOptions(name, KEEPDIM, dim, options);
  const dims = normalizeDims(name, over, x.ndim);
  const named = over === undefined ? [] : [over].flat();
  checkNotEmpty(name, x, named, named.length === 0);
  return (name === "amax" ? amaxOp : aminOp)([x], { dims, keepdim });
}

function position(name: "argmax" | "argmin"): Op<number> {
  return defineOp<number>(name, {
    forward([x], dim) {
      const input = x as Tensor;
      const shape = reducedShape(input.shape, [dim], false);
      if (input.ndim === 0) return cast(mul(input, 0), "int64");
      return kernel(name, { x: cast(input, computeType(input.dtype)) }, { dim }, shape, "int64");
    },
  });
}

const argmaxOp = position("argmax");
const argminOp = position("argmin");

function positions(op: Op<number>, name: string): (x: Tensor, dim?: number | KeepDim, options?: KeepDim) => Tensor {
  return function (x, dim, options) {
    if (arguments.length > 3) throw surplusArguments(`${name}(x, dim?, options?)`, arguments.length);
    checkTensor(name, x);
    if (x.dtype === "bool") {
      throw new DTypeError(name, `${name}(): does not support bool input`, "", 'Convert first: x.to("int32").');
    }
    const [along, { keepdim = false }] = dimAndOptions(name, KEEPDIM, dim, options);
    if (along === undefined) {
      checkNotEmpty(name, x, [], true);
      const flat = op([flatten(x)], 0);
      return keepdim ? reshape(flat, new Array(x.ndim).fill(1)) : flat;
    }
    const at = normalizeDim(name, along, x.ndim);
    checkNotEmpty(name, x, [at]);
    const out = op([x], at);
    return keepdim ? reshape(out, reducedShape(x.shape, [at], true)) : out;
  };
}

/**
 * Where the largest element stands: in the flattened tensor, or along `dim`. The first of equals; NaN is larger than all. The result
 * is `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.argmax.html
 * @example argmax(tensor([[1, 5], [4, 2]]), 1) // tensor([1, 0])
 */
export const argmax = positions(argmaxOp, "argmax");

/**
 * Where the smallest element stands: in the flattened tensor, or along `dim`. The first of equals; NaN is smaller than all. The result
 * is `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.argmin.html
 * @example argmin(tensor([[1, 5], [4, 2]]), 1) // tensor([0, 1])
 */
export const argmin = positions(argminOp, "argmin");

interface PickAttrs {
  readonly dim: number;
  readonly indices: Tensor;
}

// The largest along one dimension: the gradient goes to the element that was picked, not to its equals.
function picked(name: "max" | "min", extremeOp: Op<ReduceAttrs>): Op<PickAttrs> {
  return defineOp<PickAttrs>(name, {
    forward: ([x], { dim }) => extremeOp([x as Tensor], { dims: x?.ndim === 0 ? [] : [dim], keepdim: false }),
    backward(grad, { shapes, attrs: { dim, indices } }) {
      const shape = shapes[0] as Shape;
      if (shape.length === 0) return [grad];
      const ladder = counting(
        indices,
        shape[dim] as number,
        shape.map((_, i) => (i === dim ? -1 : 1)),
      );
      const chosen = eq(withDims(indices, shape, [dim]), ladder);
      return [where(chosen, expand(withDims(grad, shape, [dim]), shape), 0)];
    },
  });
}

const maxAlong = picked("max", amaxOp);
const minAlong = picked("min", aminOp);

/** The most extreme along one dimension, and where it stands. */
function along(name: "max" | "min", x: Tensor, dim: number, options: KeepDim = {}): ValuesAndIndices<Tensor> {
  checkOptions(name, options, KEEPDIM);
  const at = normalizeDim(name, dim, x.ndim);
  checkNotEmpty(name, x, [at]);
  const indices = (name === "max" ? argmaxOp : argminOp)([x], at);
  const values = (name === "max" ? maxAlong : minAlong)([x], { dim: at, indices });
  if (options.keepdim !== true) return valuesAndIndices(values, indices);
  const shape = reducedShape(x.shape, [at], true);
  return valuesAndIndices(reshape(values, shape), reshape(indices, shape));
}

function ofAll(name: "max" | "min"): (x: Tensor) => Tensor {
  const op = defineOp(name === "max" ? "maxOfAll" : "minOfAll", {
    forward: ([x]) => (name === "max" ? amax(x as Tensor) : amin(x as Tensor)),
    // Shared evenly among the equally extreme. Unlike those of `amax`, elements that are NaN are equal.
    backward(grad, saved) {
      const x = saved.input(0);
      const isChosen = logicalOr(eq(x, saved.output), logicalAnd(isnan(x), isnan(saved.output)));
      return [where(isChosen, div(grad, sum(cast(isChosen, grad.dtype))), 0)];
    },
  });
  return (x) => {
    checkNotEmpty(name, x, [], true);
    return op([x], undefined);
  };
}

const maxOfAll = ofAll("max");
const minOfAll = ofAll("min");

/**
 * The largest element, the larger of two tensors, or the largest along a dimension with where it stands. Keeps the dtype; indices are
 * `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.max.html
 * @example max(tensor([[1, 5], [4, 2]]), 1).indices // tensor([1, 0])
 */
export function max(x: Tensor): Tensor;
export function max(x: Tensor, other: Tensor): Tensor;
export function max(x: Tensor, dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
export function max(x: Tensor, other?: Tensor | number, options?: KeepDim): Tensor | ValuesAndIndices<Tensor> {
  if (arguments.length > 3) throw surplusArguments("max(x, other?, options?)", arguments.length);
  return extremeOf("max", maximum, x, other, options);
}

/**
 * The smallest element, the smaller of two tensors, or the smallest along a dimension with where it stands. Keeps the dtype; indices
 * are `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.min.html
 * @example min(tensor([[1, 5], [4, 2]]), 1).indices // tensor([0, 1])
 */
export function min(x: Tensor): Tensor;
export function min(x: Tensor, other: Tensor): Tensor;
export function min(x: Tensor, dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
export function min(x: Tensor, other?: Tensor | number, options?: KeepDim): Tensor | ValuesAndIndices<Tensor> {
  if (arguments.length > 3) throw surplusArguments("min(x, other?, options?)", arguments.length);
  return extremeOf("min", minimum, x, other, options);
}

function extremeOf(
  name: "max" | "min",
  ofTwo: (x: Tensor, other: Tensor) => Tensor,
  x: Tensor,
  other?: Tensor | number,
  options?: KeepDim,
): Tensor | ValuesAndIndices<Tensor> {
  checkTensor(name, x);
  if (other === undefined) return name === "max" ? maxOfAll(x) : minOfAll(x);
  if (typeof other === "number") return along(name, x, other, options);
  checkTensor(name, other, "other", 2);
  if (options !== undefined) checkOptions(name, options, []);
  return ofTwo(x, other);
}

/** Refuses what has no largest element. `all`: every dimension is reduced, PyTorch asks then to name one. */
function checkNotEmpty(op: string, x: Tensor, dims: readonly number[], all = false): void {
  const empty = all && x.numel() === 0 ? 0 : dims.find((dim) => x.shape.at(dim) === 0);
  if (empty === undefined) return;
  throw new IndexOutOfRangeError(
    op,
    all
      ? `${op}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`
      : `${op}(): Expected reduction dim ${empty} to have non-zero size.`,
    `the shape is [${x.shape.join(", ")}]`,
    "The reduced dimension must not be empty.",
  );
}
