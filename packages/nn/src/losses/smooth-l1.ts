import { ArgumentTypeError, type Tensor, ValueError } from "@kindling/core";
import {
  checkOptions,
  checkTensor,
  onOneDevice,
  pythonRepr,
  pythonType,
  surplusArguments,
} from "@kindling/core/extend";
import { checkReduction, type Reduction, type ReductionOptions, reduce } from "../functional/reduction.ts";
import { warnOfBroadcast } from "../functional/warn-of-broadcast.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

export interface SmoothL1LossOptions extends ReductionOptions {
  /** Differences below this are squared. 0 gives `l1Loss`. Default: 1. */
  readonly beta?: number;
}

/**
 * `d² / (2 beta)` where `d = |x - y|` is below `beta`, else `d - beta / 2`; its mean over all elements by default. Shapes: x and y
 * alike, the result `[]`, or theirs with the reduction `"none"`.
 *
 * @throws ValueError `smooth_l1_loss does not support negative values for beta.`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html
 * @example
 * ```ts
 * functional.smoothL1Loss(tensor([0, 3]), tensor([0.5, 0])); // tensor(1.3125)
 * ```
 */
export function smoothL1Loss(input: Tensor, target: Tensor, options: SmoothL1LossOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("smoothL1Loss(input, target, options?)", arguments.length);
  checkOptions("smoothL1Loss", options, ["reduction", "beta"]);
  const { reduction = "mean", beta = 1 } = options;
  checkTensor("smoothL1Loss", input);
  checkTensor("smoothL1Loss", target, "target", 2);
  checkReduction("smoothL1Loss", reduction);
  if (typeof beta !== "number") {
    const rule = `smooth_l1_loss(): argument 'beta' must be float, not ${pythonType(beta)}`;
    throw new ArgumentTypeError("smoothL1Loss", rule, "", "Give a number: { beta: 1 }.");
  }
  if (!(beta >= 0)) {
    const rule = "smooth_l1_loss does not support negative values for beta.";
    throw new ValueError("smoothL1Loss", rule, `got ${pythonRepr(beta)}`, "It is a difference: 0 or more.");
  }
  onOneDevice("smoothL1Loss", [input, target]);
  warnOfBroadcast(input, target);
  const difference = input.sub(target);
  const size = difference.abs();
  if (beta === 0) return reduce(size, reduction);
  const small = size.lt(beta);
  // Larger ones are left out before they are squared: the square of infinity has no derivative, and 0 times that is NaN.
  const squared = difference
    .where(small, 0)
    .square()
    .div(2 * beta);
  return reduce(squared.where(small, size.sub(beta / 2)), reduction);
}

/**
 * `d² / (2 beta)` where `d = |x - y|` is below `beta`, else `d - beta / 2`; its mean over all elements by default. See
 * `functional.smoothL1Loss`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html
 * @example
 * ```ts
 * new SmoothL1Loss({ beta: 0.5 })(scores, targets);
 * ```
 */
export class SmoothL1Loss extends Module {
  readonly reduction: Reduction;
  readonly beta: number;

  constructor(options: SmoothL1LossOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new SmoothL1Loss(options?)", arguments.length);
    super();
    checkLayerOptions("SmoothL1Loss", options, ["reduction", "beta"]);
    const { reduction = "mean", beta = 1 } = options;
    checkReduction("SmoothL1Loss", reduction);
    this.reduction = reduction;
    this.beta = beta;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("SmoothL1Loss.forward(input, target)", arguments.length);
    return smoothL1Loss(input, target, { reduction: this.reduction, beta: this.beta });
  }
}
