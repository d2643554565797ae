import { floatOf } from "../base/default-dtype.ts";
import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ValueError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { sumOf } from "../base/result-type.ts";
import { normalizeDim, normalizeDims, numel, reducedShape, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { withGradMode } from "../graph/grad-mode.ts";
import { cloneLazily, defineOp, kernel, type Op } from "../graph/op.ts";
import { checkNumber, checkTensor } from "../tensor/arguments.ts";
import type { Dims, KeepDim, SumOptions, VarOptions, WithDType } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkDType } from "../tensor/tensor-options.ts";
import { abs, add, div, exp, log, mul, pow, sign, sqrt, square, sub } from "./arithmetic.ts";
import { expand, reshape, withDims } from "./broadcast.ts";
import { eq, isnan, logicalAnd, logicalOr, ne, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast, converted } from "./conversion.ts";
import { counting } from "./counting.ts";
import { dimAndOptions, KEEPDIM, KEEPDIM_AND_DTYPE } from "./dim-options.ts";
import { amax, amin } from "./extremes.ts";
import { cat } from "./joining.ts";
import { isNarrow } from "./promotion.ts";
import { flatten, permute } from "./reordering.ts";
import { narrow } from "./slicing.ts";
import { sum } from "./sum.ts";

interface ReduceAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
}

const meanOp = defineOp<ReduceAttrs>("mean", {
  forward: ([x], { dims, keepdim }) => div(sum(x as Tensor, dims, { keepdim }), countOf(x as Tensor, dims)),
  backward(grad, { shapes, attrs: { dims } }) {
    const shape = shapes[0] as Shape;
    const share = div(withDims(grad, shape, dims), numel(shape.filter((_, dim) => dims.includes(dim))));
    return [expand(share, shape)];
  },
});

/**
 * The mean over `dim` (all of them when none is named). Floats only, or what `dtype` makes them.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.mean.html
 * @example mean(tensor([[1, 2], [3, 4]]), 1) // tensor([1.5000, 3.5000])
 */
export function mean(x: Tensor, dim?: Dims | SumOptions, options?: SumOptions): Tensor {
  if (arguments.length > 3) throw surplusArguments("mean(x, dim?, options?)", arguments.length);
  checkTensor("mean", x);
  const [over, { keepdim = false, dtype }] = dimAndOptions("mean", KEEPDIM_AND_DTYPE, dim, options);
  const given = dtype === undefined ? x : converted("mean", x, { dtype });
  if (!isFloat(given.dtype)) {
    throw new DTypeError(
      "mean",
      `mean(): could not infer output dtype. ${dtype === undefined ? "Input" : "Optional"} dtype must be either a floating point or complex dtype. Got: ${scalarTypeName(given.dtype)}`,
      "",
      'Convert first: x.to("float32").mean().',
    );
  }
  return meanOp([given], { dims: normalizeDims("mean", over, x.ndim), keepdim });
}

/** How many elements are reduced to one. */
function countOf(x: Tensor, dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * (x.shape[dim] as number), 1);
}

const VARIANCE = ["correction", "keepdim", "unbiased"];

/** What is subtracted from the count. */
function correctionOf(op: string, { correction, unbiased }: VarOptions): number {
  if (correction !== undefined && unbiased !== undefined) {
    throw new ValueError(op, `${op}() takes correction or unbiased, not both`);
  }
  return correction ?? (unbiased === false ? 0 : 1);
}

/**
 * The variance over `dim`, divided by the count less `correction` (1: Bessel's). Floats only.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.var.html
 * @example var_(tensor([1, 2, 3, 4])) // tensor(1.6667)
 */
export function var_(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  if (arguments.length > 3) throw surplusArguments("var(x, dim?, options?)", arguments.length);
  checkTensor("var", x);
  const [over, given] = dimAndOptions("var", VARIANCE, dim, options);
  const correction = correctionOf("var", given);
  const { keepdim = false } = given;
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

/**
 * The square root of the variance over `dim`, divided by the count less `correction` (1: Bessel's). Floats only.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.std.html
 * @example std(tensor([1, 2, 3, 4])) // tensor(1.2910)
 */
export function std(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  if (arguments.length > 3) throw surplusArguments("std(x, dim?, options?)", arguments.length);
  checkTensor("std", x);
  const [over, given] = dimAndOptions("std", VARIANCE, dim, options);
  return stdOp([var_(x, over, given)], undefined);
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
  return function (x, dim, options) {
    if (arguments.length > 3) throw surplusArguments(`${name}(x, dim?, options?)`, arguments.length);
    checkTensor(name, x);
    const [over, { keepdim = false }] = dimAndOptions(name, KEEPDIM, dim, options);
    const out = op([x], { dims: normalizeDims(name, over, x.ndim), keepdim });
    return x.dtype === "uint8" ? cast(out, "uint8") : out;
  };
}

/**
 * Whether no element over `dim` (all of them when none is named) is zero. The result is `bool`, and `uint8` for bytes.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.all.html
 * @example all(tensor([[1, 0], [1, 1]]), 1) // tensor([False,  True])
 */
export const all = truth("all");
/**
 * Whether one element at least over `dim` (all of them when none is named) is not zero. The result is `bool`, and `uint8` for bytes.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.any.html
 * @example any(tensor([[0, 0], [0, 1]]), 1) // tensor([False,  True])
 */
export const any = truth("any");

const prodOp: Op<number> = defineOp<number>("prod", {
  forward([x], dim) {
    const input = x as Tensor;
    const { dtype } = input;
    const shape = reducedShape(input.shape, [dim], false);
    if (input.numel() === 0) return expand(constant(input.device, 1, dtype), shape);
    return kernel("prod", { x: input }, { dims: [dim], keepdim: false }, shape, dtype);
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

/**
 * The product of all elements, or along `dim`. Integers and bools give `int64`, unless `dtype` says otherwise.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.prod.html
 * @example prod(tensor([1, 2, 3])) // tensor(6.)
 */
export function prod(x: Tensor, dim?: number | SumOptions, options?: SumOptions): Tensor {
  if (arguments.length > 3) throw surplusArguments("prod(x, dim?, options?)", arguments.length);
  checkTensor("prod", x);
  const [along, { keepdim = false, dtype }] = dimAndOptions<SumOptions>("prod", KEEPDIM_AND_DTYPE, dim, options);
  if (dtype !== undefined) {
    const given = converted("prod", x, { dtype });
    const [over, keep] = along === undefined ? [{ keepdim }] : [along, { keepdim }];
    if (given.dtype === "bool") return all(given, over, keep);
    if (isNarrow(given.dtype)) return productOfBytes(given, along, keepdim);
    return productOver(given, along, keepdim);
  }
  return productOver(cast(x, sumOf(x.dtype)), along, keepdim);
}

function productOver(x: Tensor, along: number | undefined, keepdim: boolean): Tensor {
  if (along === undefined) {
    const all = prodOp([flatten(x)], 0);
    return keepdim ? reshape(all, new Array(x.ndim).fill(1)) : all;
  }
  const at = normalizeDim("prod", along, x.ndim);
  if (x.ndim === 0) return prodOp([flatten(x)], 0);
  const out = prodOp([x], at);
  return keepdim ? withDims(out, x.shape, [at]) : out;
}

/** Of halves, until one is left: products of bytes wrap, as PyTorch's do. */
function productOfBytes(x: Tensor, along: number | undefined, keepdim: boolean): Tensor {
  const dim = along === undefined || x.ndim === 0 ? 0 : normalizeDim("prod", along, x.ndim);
  const whole = along === undefined || x.ndim === 0;
  let rest = whole ? flatten(x) : x;
  if (rest.shape[dim] === 0) return cast(prod(rest, dim), x.dtype);
  for (let n = rest.shape[dim] as number; n > 1; n = rest.shape[dim] as number) {
    const half = n >> 1;
    const pairs = mul(narrow(rest, dim, 0, half), narrow(rest, dim, half, half));
    rest = n % 2 === 0 ? pairs : cat([pairs, narrow(rest, dim, n - 1, 1)], dim);
  }
  if (whole) return reshape(rest, keepdim ? new Array(x.ndim).fill(1) : []);
  return keepdim ? rest : reshape(rest, reducedShape(x.shape, [dim], false));
}

interface CumsumAttrs {
  readonly dim: number;
  readonly reverse: boolean;
}

const cumsumOp: Op<CumsumAttrs> = defineOp<CumsumAttrs>("cumsum", {
  forward([x], { dim, reverse }) {
    const input = x as Tensor;
    const dtype = sumOf(input.dtype);
    if (input.ndim === 0) return cast(input, dtype);
    return kernel("cumsum", { x: cast(input, dtype) }, { dim, reverse }, input.shape, dtype);
  },
  backward: (grad, { attrs: { dim, reverse } }) => [cumsumOp([grad], { dim, reverse: !reverse })],
});

/**
 * The sums of the elements so far along `dim`. Integers and bools give `int64`, unless `dtype` says otherwise.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cumsum.html
 * @example cumsum(tensor([1, 2, 3]), 0) // tensor([1., 3., 6.])
 */
export function cumsum(x: Tensor, dim: number, options: WithDType = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("cumsum(x, dim, options?)", arguments.length);
  checkTensor("cumsum", x);
  const given = converted("cumsum", x, options);
  if (options.dtype !== undefined && given.dtype === "bool") {
    throw new DTypeError("cumsum", "\"cumsum_out_cpu\" not implemented for 'Bool'");
  }
  const sums = cumsumOp([given], { dim: normalizeDim("cumsum", dim, x.ndim), reverse: false });
  return options.dtype === undefined ? sums : cast(sums, given.dtype);
}

/**
 * `log(Σ exp(x))` over `dim`, without overflow. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.logsumexp.html
 * @example logsumexp(tensor([1000, 1000]), 0) // tensor(1000.6932)
 */
export function logsumexp(x: Tensor, dim: Dims, options: KeepDim = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("logsumexp(x, dim, options?)", arguments.length);
  checkTensor("logsumexp", x);
  checkOptions("logsumexp", options, KEEPDIM);
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  // The largest of whole numbers would be taken off in their own dtype: bytes wrap.
  if (!isFloat(x.dtype)) return logsumexp(cast(x, floatOf(x.dtype)), dims, options);
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

function checkNorm(p: unknown): void {
  if (typeof p !== "string") {
    checkNumber("norm", p, "p", 2);
    return;
  }
  const rule = `linalg.matrix_norm: Order ${p} not supported.`;
  throw new ValueError("norm", rule, "", 'Give a number, or "fro".');
}

interface NormAttrs {
  readonly p: number;
  readonly dim: Dims | undefined;
  readonly dims: readonly number[];
  readonly keepdim: boolean;
}

const normOp = defineOp<NormAttrs>("norm", {
  forward([x], { p, dim, keepdim }) {
    const size = abs(x as Tensor);
    const total = (terms: Tensor): Tensor => sum(terms, dim, { keepdim });
    if (p === Number.POSITIVE_INFINITY) return amax(size, dim, { keepdim });
    if (p === Number.NEGATIVE_INFINITY) return amin(size, dim, { keepdim });
    if (p === 0) return total(cast(ne(size, 0), size.dtype));
    if (p === 1) return total(size);
    if (p === 2) return sqrt(total(square(size)));
    return pow(total(pow(size, p)), 1 / p);
  },
  // As in PyTorch's linalg_vector_norm_backward, the slope is 0 where the norm is, and where it is NaN or infinite its own.
  backward(grad, saved) {
    const { p, dims } = saved.attrs;
    if (p === 0) return [null];
    const x = saved.input(0);
    const [slope, length] = [withDims(grad, x.shape, dims), withDims(saved.output, x.shape, dims)];
    if (p === 1) return [mul(sign(x), slope)];
    const isNone = eq(length, 0);
    if (p === 2) return [mul(where(isNone, 0, div(x, length)), slope)];
    if (Math.abs(p) === Number.POSITIVE_INFINITY) {
      const isExtreme = logicalOr(eq(abs(x), length), logicalAnd(isnan(x), isnan(length)));
      const chosen = cast(isExtreme, x.dtype);
      return [mul(mul(sign(x), chosen), div(slope, sum(chosen, dims, { keepdim: true })))];
    }
    if (p < 1) {
      const steep = where(eq(x, 0), 0, mul(sign(x), pow(abs(x), p - 1)));
      return [mul(mul(steep, slope), pow(length, 1 - p))];
    }
    const terms = p < 2 ? mul(sign(x), pow(abs(x), p - 1)) : mul(x, pow(abs(x), p - 2));
    return [mul(terms, where(isNone, 0, div(slope, pow(length, p - 1))))];
  },
});

/**
 * The `p`-norm of the elements over `dim` (all of them when none is named): `(Σ |x|^p)^(1/p)`; its slope is 0 where it is. Floats only,
 * computed in `dtype`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.norm.html
 * @example norm(tensor([3, 4])) // tensor(5.)
 */
export function norm(x: Tensor, p: number | "fro" = 2, dim?: Dims, options: SumOptions = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("norm(x, p?, dim?, options?)", arguments.length);
  checkTensor("norm", x);
  checkOptions("norm", options, KEEPDIM_AND_DTYPE);
  const { keepdim = false } = options;
  const dtype = checkDType("norm", options.dtype) ?? x.dtype;
  if (p !== "fro") checkNorm(p);
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "norm",
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${scalarTypeName(x.dtype)}`,
      "",
      'Convert first: x.to("float32").norm().',
    );
  }
  if (!isFloat(dtype)) {
    const rule = `linalg.vector_norm: dtype should be floating point or complex, but got ${scalarTypeName(dtype)}`;
    throw new DTypeError("norm", rule);
  }
  return normOp([cast(x, dtype)], { p: p === "fro" ? 2 : p, dim, dims: normalizeDims("norm", dim, x.ndim), keepdim });
}
