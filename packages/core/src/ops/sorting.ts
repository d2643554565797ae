import { DTYPES, isFloat } from "../base/dtype.ts";
import { IndexOutOfRangeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { normalizeDim } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { withGradMode } from "../graph/grad-mode.ts";
import { cloneLazily, defineOp, runKernel } from "../graph/op.ts";
import { checkInt, checkTensor } from "../tensor/arguments.ts";
import type { ValuesAndIndices } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { neg, sub } from "./arithmetic.ts";
import { reshape } from "./broadcast.ts";
import { clamp } from "./clamp.ts";
import { isnan, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { gather } from "./indexing.ts";
import { computeType } from "./promotion.ts";
import { transpose } from "./reordering.ts";
import { valuesAndIndices } from "./values-and-indices.ts";

/** Where the `k` largest of the last dimension stand, in descending order; the first of equals first. */
const topIndices = defineOp<number>("topIndices", {
  forward([x], k) {
    const input = x as Tensor;
    const compute = computeType(input.dtype);
    const shape = [...input.shape.slice(0, -1), k];
    const outs = [
      { shape, dtype: compute },
      { shape, dtype: "int64" as const },
    ];
    return runKernel("topk", { x: cast(input, compute) }, { k }, outs)[1] as Tensor;
  },
});

function ranked(x: Tensor, k: number, dim: number, largest: boolean): ValuesAndIndices<Tensor> {
  const last = x.ndim - 1;
  const indices = withGradMode(false, () => {
    const rows = dim === last ? x : transpose(x, dim, last);
    const found = topIndices([largest ? rows : reversed(rows)], k);
    return dim === last ? found : cloneLazily(transpose(found, dim, last));
  });
  return valuesAndIndices(gather(x, dim, indices), indices);
}

/** Numbers in the opposite order: the largest is the smallest. NaN, which is larger than all, comes after infinity. */
function reversed(x: Tensor): Tensor {
  // The complement, `-1 - x`: the smallest whole number has no opposite.
  if (!isFloat(x.dtype)) {
    const dtype = computeType(x.dtype);
    return sub(constant(x.device, -1, dtype), cast(x, dtype));
  }
  const opposite = neg(x);
  return where(isnan(x), Number.NEGATIVE_INFINITY, clamp(opposite, { min: DTYPES[x.dtype].range[0] }));
}

/**
 * The `k` largest (or smallest) along `dim`, in order whether `sorted` or not, and where they stand. Keeps the dtype; indices are `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.topk.html
 * @example topk(tensor([3, 1, 2]), 2).values // tensor([3., 2.])
 */
export function topk(
  x: Tensor,
  k: number,
  dim = -1,
  options: { readonly largest?: boolean; readonly sorted?: boolean } = {},
): ValuesAndIndices<Tensor> {
  if (arguments.length > 4) throw surplusArguments("topk(x, k, dim?, options?)", arguments.length);
  checkTensor("topk", x);
  checkOptions("topk", options, ["largest", "sorted"]);
  const at = normalizeDim("topk", dim, x.ndim);
  checkInt("topk", k, "k", 2);
  if (k < 0 || k > (x.shape[at] ?? 1)) {
    throw new IndexOutOfRangeError(
      "topk",
      "selected index k out of range",
      `k is ${k}, the dimension has ${x.shape[at] ?? 1}`,
    );
  }
  return onScalars(x, (vector, d) => ranked(vector, k, d, options.largest ?? true), at);
}

/**
 * All elements along `dim` in order, ascending by default, and where they stood. Equal ones keep their order, `stable` or not. Keeps the dtype; indices
 * are `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sort.html
 * @example sort(tensor([3, 1, 2])).indices // tensor([1, 2, 0])
 */
export function sort(
  x: Tensor,
  dim = -1,
  options: { readonly descending?: boolean; readonly stable?: boolean } = {},
): ValuesAndIndices<Tensor> {
  if (arguments.length > 3) throw surplusArguments("sort(x, dim?, options?)", arguments.length);
  checkTensor("sort", x);
  checkOptions("sort", options, ["descending", "stable"]);
  const at = normalizeDim("sort", dim, x.ndim);
  return onScalars(x, (vector, d) => ranked(vector, vector.shape[d] as number, d, options.descending ?? false), at);
}

/**
 * Where the elements along `dim` stand when they are in order, ascending by default. Equal ones keep their order. The result is
 * `int64`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.argsort.html
 * @example argsort(tensor([3, 1, 2])) // tensor([1, 2, 0])
 */
export function argsort(
  x: Tensor,
  dim = -1,
  options: { readonly descending?: boolean; readonly stable?: boolean } = {},
): Tensor {
  if (arguments.length > 3) throw surplusArguments("argsort(x, dim?, options?)", arguments.length);
  checkTensor("argsort", x);
  checkOptions("argsort", options, ["descending", "stable"]);
  return sort(x, dim, options).indices;
}

/** A scalar is ranked as a vector of one. */
function onScalars(
  x: Tensor,
  rank: (x: Tensor, dim: number) => ValuesAndIndices<Tensor>,
  dim: number,
): ValuesAndIndices<Tensor> {
  if (x.ndim > 0) return rank(x, dim);
  const { values, indices } = rank(reshape(x, [1]), 0);
  return valuesAndIndices(reshape(values, []), reshape(indices, []));
}
