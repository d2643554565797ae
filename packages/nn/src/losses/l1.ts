import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice, surplusArguments } from "@kindling/core/extend";
import { checkReduction, type Reduction, type ReductionOptions, reduce } from "../functional/reduction.ts";
import { warnOfBroadcast } from "../functional/warn-of-broadcast.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

/**
 * `|x - y|`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html
 */
export function l1Loss(input: Tensor, target: Tensor, options: ReductionOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("l1Loss(input, target, options?)", arguments.length);
  checkOptions("l1Loss", options, ["reduction"]);
  const { reduction = "mean" } = options;
  checkTensor("l1Loss", input);
  checkTensor("l1Loss", target, "target", 2);
  checkReduction("l1Loss", reduction);
  onOneDevice("l1Loss", [input, target]);
  warnOfBroadcast(input, target);
  return reduce(input.sub(target).abs(), reduction);
}

/**
 * `|x - y|`, its mean over all elements by default.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html
 */
export class L1Loss extends Module {
  readonly reduction: Reduction;

  constructor(options: ReductionOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new L1Loss(options?)", arguments.length);
    super();
    checkLayerOptions("L1Loss", options, ["reduction"]);
    this.reduction = options.reduction ?? "mean";
    checkReduction("L1Loss", this.reduction);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("L1Loss.forward(input, target)", arguments.length);
    return l1Loss(input, target, { reduction: this.reduction });
  }
}
