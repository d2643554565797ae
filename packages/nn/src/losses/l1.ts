import type { Tensor } from "@kindling/core";
import { l1Loss } from "../functional/l1-loss.ts";
import { checkReduction, type Reduction, type ReductionOptions } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * `|x - y|`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html
 */
export class L1Loss extends Module {
  readonly reduction: Reduction;

  constructor(options: ReductionOptions = {}) {
    super();
    checkOptions("L1Loss", options, ["reduction"]);
    this.reduction = options.reduction ?? "mean";
    checkReduction("L1Loss", this.reduction);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return l1Loss(input, target, { reduction: this.reduction });
  }
}
