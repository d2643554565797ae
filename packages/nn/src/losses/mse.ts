import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice } from "@kindling/core/extend";
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
    super();
    checkLayerOptions("MSELoss", options, ["reduction"]);
    this.reduction = options.reduction ?? "mean";
    checkReduction("MSELoss", this.reduction);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, { reduction: this.reduction });
  }
}
