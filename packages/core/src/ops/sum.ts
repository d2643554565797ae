import { sumOf } from "../base/result-type.ts";
import { normalizeDims } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Dims, SumOptions } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkDType } from "../tensor/tensor-options.ts";
import { sumOp } from "./broadcast.ts";
import { cast } from "./conversion.ts";
import { dimAndOptions, KEEPDIM_AND_DTYPE } from "./dim-options.ts";
import { computeType } from "./promotion.ts";

/**
 * The sum over `dim` (all of them when none is named). Integers and bools add up to `int64`, unless `dtype` says otherwise.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sum.html
 * @example sum(tensor([[1, 2], [3, 4]]), 0) // tensor([4., 6.])
 */
export function sum(x: Tensor, dim?: Dims | SumOptions, options?: SumOptions): Tensor {
  if (arguments.length > 3) throw surplusArguments("sum(x, dim?, options?)", arguments.length);
  checkTensor("sum", x);
  const [over, { keepdim = false, dtype }] = dimAndOptions("sum", KEEPDIM_AND_DTYPE, dim, options);
  const counted = checkDType("sum", dtype) ?? sumOf(x.dtype);
  const attrs = { dims: normalizeDims("sum", over, x.ndim), keepdim };
  // Bools and narrow integers, which wrap: devices add up larger numbers.
  const compute = computeType(counted);
  return cast(sumOp([cast(cast(x, counted), compute)], attrs), counted);
}
