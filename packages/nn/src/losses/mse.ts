import type { Tensor } from "@kindling/core";
import { mseLoss } from "../functional/mse-loss.ts";
import { checkReduction, type Reduction, type ReductionOptions } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * `(x - y)²`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
 */
export class MSELoss extends Module {
  readonly reduction: Reduction;

  constructor(options: ReductionOptions = {}) {
    super();
    checkOptions("MSELoss", options, ["reduction"]);
    this.reduction = options.reduction ?? "mean";
    checkReduction("MSELoss", this.reduction);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, { reduction: this.reduction });
  }
}
