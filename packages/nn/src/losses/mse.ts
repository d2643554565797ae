import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice, surplusArguments } from "@kindling/core/extend";
import { checkReduction, type Reduction, type ReductionOptions, reduce } from "../functional/reduction.ts";
import { warnOfBroadcast } from "../functional/warn-of-broadcast.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

/**
 * `(x - y)²`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
 */
export function mseLoss(input: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("mseLoss(input, target, options?)", arguments.length);
  checkOptions("mseLoss", options, ["reduction"]);
  const { reduction = "mean" } = options;
  checkTensor("mseLoss", input);
  checkTensor("mseLoss", target, "target", 2);
  checkReduction("mseLoss", reduction);
  onOneDevice("mseLoss", [input, target]);
  warnOfBroadcast(input, target);
  return reduce(input.sub(target).square(), reduction);
}

/**
 * `(x - y)²`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
 */
export class MSELoss extends Module {
  readonly reduction: Reduction;

  constructor(options: ReductionOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new MSELoss(options?)", arguments.length);
    super();
    checkLayerOptions("MSELoss", options, ["reduction"]);
    this.reduction = options.reduction ?? "mean";
    checkReduction("MSELoss", this.reduction);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("MSELoss.forward(input, target)", arguments.length);
    return mseLoss(input, target, { reduction: this.reduction });
  }
}
