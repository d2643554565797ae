import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { normalizeDim, normalizeDims, numel, reducedShape, type Shape } from "../base/shape.ts";
import { withGradMode } from "../graph/grad-mode.ts";
import { cloneLazily, defineOp, kernel, type Op } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import type { Dims, KeepDim, ValuesAndIndices, VarOptions } from "../tensor/tensor-methods.ts";
import { abs, add, div, exp, log, mul, pow, sqrt, square, sub } from "./arithmetic.ts";
import { expand, reshape, sum } from "./broadcast.ts";
import { computeType, eq, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { dimAndOptions, KEEPDIM } from "./dim-options.ts";
import { flatten, permute } from "./movement.ts";

interface ReduceAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
}

/** A reduced tensor with its dimensions back, size 1 each: broadcasts against what it was reduced from. */
function withDims(x: Tensor, shape: Shape, dims: readonly number[]): Tensor {
  return reshape(x, reducedShape(shape, dims, true));
}

const meanOp = defineOp<ReduceAttrs>("mean", {
  forward: ([x], { dims, keepdim }) => div(sum(x as Tensor, dims, { keepdim }), countOf(x as Tensor, dims)),
  backward(grad, { shapes, attrs: { dims } }) {
    const shape = shapes[0] as Shape;
    const share = div(withDims(grad, shape, dims), numel(shape.filter((_, dim) => dims.includes(dim))));
    return [expand(share, shape)];
  },
});

/** The mean over `dim` (all of them when none is named). */
export function mean(x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
  checkTensor("mean", x);
  const [over, { keepdim = false }] = dimAndOptions("mean", KEEPDIM, dim, options);
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "mean",
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${scalarTypeName(x.dtype)}`,
      "",
      'Convert first: x.to("float32").mean().',
    );
  }
  return meanOp([x], { dims: normalizeDims("mean", over, x.ndim), keepdim });
}

/** How many elements are reduced to one. */
function countOf(x: Tensor, dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * (x.shape[dim] as number), 1);
}

const VARIANCE = ["correction", "keepdim"];

/** The variance over `dim`, divided by the count less `correction` (1: Bessel's). */
export function variance(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  checkTensor("var", x);
  const [over, { correction = 1, keepdim = false }] = dimAndOptions("var", VARIANCE, dim, options);
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "var",
      "std and var only support floating point and complex dtypes",
      `got ${x.dtype}`,
      'Convert first: x.to("float32").',
    );
  }
  const dims = normalizeDims("var", over, x.ndim);
  const distance = square(sub(x, mean(x, dims, { keepdim: true })));
  return div(sum(distance, dims, { keepdim }), Math.max(0, countOf(x, dims) - correction));
}

const stdOp = defineOp("std", {
  forward: ([x]) => sqrt(x as Tensor),
  // Where nothing varies the slope is infinite; PyTorch gives 0 there.
  backward: (grad, { output }) => [where(eq(output, 0), 0, div(grad, mul(output, 2)))],
});

/** The square root of the variance. */
export function std(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  checkTensor("std", x);
  const [over, given] = dimAndOptions("std", VARIANCE, dim, options);
  return stdOp([variance(x, over, given)], undefined);
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

/** The largest element over `dim` (all of them when none is named). */
export function amax(x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
  checkTensor("amax", x);
  return extremeOver("amax", x, dim, options);
}

/** The smallest element over `dim`. */
export function amin(x: Tensor, dim?: Dims | KeepDim, options?: KeepDim): Tensor {
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

/** The largest of all elements. */
export function maxOfAll(x: Tensor): Tensor {
  checkNotEmpty("max", x, [], true);
  return amax(x);
}

export function minOfAll(x: Tensor): Tensor {
  checkNotEmpty("min", x, [], true);
  return amin(x);
}

function position(name: "argmax" | "argmin"): Op<number> {
  return defineOp<number>(name, {
    forward([x], dim) {
      const input = x as Tensor;
      const shape = reducedShape(input.shape, [dim], false);
      if (input.ndim === 0) return cast(mul(input, 0), "int32");
      return kernel(name, { x: cast(input, computeType(input.dtype)) }, { dim }, shape, "int32");
    },
  });
}

const argmaxOp = position("argmax");
const argminOp = position("argmin");

function positions(op: Op<number>, name: string): (x: Tensor, dim?: number | KeepDim, options?: KeepDim) => Tensor {
  return (x, dim, options) => {
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

/** Where the largest element stands: in the flattened tensor, or along `dim`. The first of equals; NaN is larger than all. */
export const argmax = positions(argmaxOp, "argmax");

/** Where the smallest element stands. NaN is smaller than all. */
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

/** `0, 1, ..., n - 1` on the device of `like`. */
function counting(like: Tensor, n: number, shape: Shape): Tensor {
  const data = Int32Array.from({ length: n }, (_, i) => i);
  const ladder = hostTensor("arange", { data, offset: 0, length: n, steps: null }, [n], "int32", like.device);
  return reshape(made(ladder, [like]), shape);
}

const maxAlong = picked("max", amaxOp);
const minAlong = picked("min", aminOp);

function along(
  name: "max" | "min",
  op: Op<PickAttrs>,
  place: Op<number>,
  x: Tensor,
  dim: number,
  options: KeepDim,
): ValuesAndIndices<Tensor> {
  checkOptions(name, options, KEEPDIM);
  const at = normalizeDim(name, dim, x.ndim);
  checkNotEmpty(name, x, [at]);
  const indices = place([x], at);
  const values = op([x], { dim: at, indices });
  if (options.keepdim !== true) return valuesAndIndices(values, indices);
  const shape = reducedShape(x.shape, [at], true);
  return valuesAndIndices(reshape(values, shape), reshape(indices, shape));
}

/** Values and indices under their names, and as a pair. */
export function valuesAndIndices(values: Tensor, indices: Tensor): ValuesAndIndices<Tensor> {
  return Object.assign([values, indices] as const, { values, indices });
}

/** The largest along `dim`, and where they stand. */
export function maxDim(x: Tensor, dim: number, options: KeepDim = {}): ValuesAndIndices<Tensor> {
  return along("max", maxAlong, argmaxOp, x, dim, options);
}

export function minDim(x: Tensor, dim: number, options: KeepDim = {}): ValuesAndIndices<Tensor> {
  return along("min", minAlong, argminOp, x, dim, options);
}

type Truth = (x: Tensor, dim?: Dims | KeepDim, options?: KeepDim) => Tensor;

// The result is `bool`, but for bytes, as in PyTorch.
function truth(name: "all" | "any"): Truth {
  const op = defineOp<ReduceAttrs>(name, {
    forward([x], { dims, keepdim }) {
      const input = cast(x as Tensor, "bool");
      const shape = reducedShape(input.shape, dims, keepdim);
      if (input.numel() === 0) return expand(constant(input.device, name === "all" ? 1 : 0, "bool"), shape);
      if (dims.every((dim) => input.shape[dim] === 1)) return cloneLazily(input, shape);
      return kernel(name, { x: input }, { dims, keepdim }, shape, "bool");
    },
  });
  return (x, dim, options) => {
    const [over, { keepdim = false }] = dimAndOptions(name, KEEPDIM, dim, options);
    const out = op([x], { dims: normalizeDims(name, over, x.ndim), keepdim });
    return x.dtype === "uint8" ? cast(out, "uint8") : out;
  };
}

export const all = truth("all");
export const any = truth("any");

const prodOp: Op<number> = defineOp<number>("prod", {
  forward([x], dim) {
    const input = x as Tensor;
    const dtype = isFloat(input.dtype) ? input.dtype : "int32";
    const shape = reducedShape(input.shape, [dim], false);
    if (input.numel() === 0) return expand(constant(input.device, 1, dtype), shape);
    return kernel("prod", { x: cast(input, dtype) }, { dims: [dim], keepdim: false }, shape, dtype);
  },
  // Each element's slope is the product of the others, also where one of them is 0: no division.
  backward(grad, saved) {
    const dim = saved.attrs;
    const x = saved.input(0);
    const n = x.shape[dim] as number;
    const last = x.shape.map((_, i) => i).filter((i) => i !== dim);
    const rows = permute(x, [...last, dim]);
    const square = expand(reshape(rows, [...rows.shape.slice(0, -1), 1, n]), [...rows.shape.slice(0, -1), n, n]);
    const others = prodOp([where(eq(counting(x, n, [n, 1]), counting(x, n, [1, n])), 1, square)], x.ndim);
    const back = x.shape.map((_, i) => (i === dim ? x.ndim - 1 : last.indexOf(i)));
    return [mul(permute(others, back), withDims(grad, x.shape, [dim]))];
  },
});

/** The product of all elements, or along `dim`. */
export function prod(x: Tensor, dim?: number | KeepDim, options?: KeepDim): Tensor {
  checkTensor("prod", x);
  const [along, { keepdim = false }] = dimAndOptions("prod", KEEPDIM, dim, options);
  if (along === undefined) {
    const all = prodOp([flatten(x)], 0);
    return keepdim ? reshape(all, new Array(x.ndim).fill(1)) : all;
  }
  const at = normalizeDim("prod", along, x.ndim);
  if (x.ndim === 0) return prodOp([flatten(x)], 0);
  const out = prodOp([x], at);
  return keepdim ? withDims(out, x.shape, [at]) : out;
}

interface CumsumAttrs {
  readonly dim: number;
  readonly reverse: boolean;
}

const cumsumOp: Op<CumsumAttrs> = defineOp<CumsumAttrs>("cumsum", {
  forward([x], { dim, reverse }) {
    const input = x as Tensor;
    const dtype = isFloat(input.dtype) ? input.dtype : "int32";
    if (input.ndim === 0) return cast(input, dtype);
    return kernel("cumsum", { x: cast(input, dtype) }, { dim, reverse }, input.shape, dtype);
  },
  backward: (grad, { attrs: { dim, reverse } }) => [cumsumOp([grad], { dim, reverse: !reverse })],
});

/** The sums of the elements so far along `dim`. */
export function cumsum(x: Tensor, dim: number): Tensor {
  checkTensor("cumsum", x);
  return cumsumOp([x], { dim: normalizeDim("cumsum", dim, x.ndim), reverse: false });
}

/** `log(sum(exp(x)))` over `dim`, without overflow. */
export function logsumexp(x: Tensor, dim: Dims, options: KeepDim = {}): Tensor {
  checkTensor("logsumexp", x);
  checkOptions("logsumexp", options, KEEPDIM);
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  if (x.dtype === "bool") return logsumexp(cast(x, "float32"), dims, options);
  if (x.numel() === 0) {
    // The largest of nothing is not there, but nothing sums to 0.
    return log(sum(exp(x), dims, options));
  }
  const top = withGradMode(false, () => {
    const largest = amax(x, dims, { keepdim: true });
    return where(eq(abs(largest), Number.POSITIVE_INFINITY), 0, largest);
  });
  const out = add(log(sum(exp(sub(x, top)), dims, { keepdim: true })), top);
  return options.keepdim === true ? out : reshape(out, reducedShape(x.shape, dims, false));
}

/**
 * The `p`-norm of the elements over `dim` (all of them when none is named): `(Σ |x|^p)^(1/p)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.norm.html
 */
export function norm(x: Tensor, p: number | "fro" = 2, dim?: Dims, options: KeepDim = {}): Tensor {
  checkTensor("norm", x);
  checkOptions("norm", options, KEEPDIM);
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "norm",
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${scalarTypeName(x.dtype)}`,
      "",
      'Convert first: x.to("float32").norm().',
    );
  }
  if (p === Number.POSITIVE_INFINITY) return amax(abs(x), dim, options);
  if (p === Number.NEGATIVE_INFINITY) return amin(abs(x), dim, options);
  if (p === 0) return sum(cast(eq(eq(x, 0), 0), "float32"), dim, options);
  if (p === 1) return sum(abs(x), dim, options);
  // Like std, the norm has slope 0 where it is 0.
  if (p === 2 || p === "fro") return stdOp([sum(square(x), dim, options)], undefined);
  return pow(sum(pow(abs(x), p), dim, options), 1 / p);
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
