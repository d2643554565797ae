import type { Tensor } from "@kindling/core";
import { Buffer } from "../buffer.ts";
import { type NLLLossOptions, nllLoss } from "../functional/nll-loss.ts";
import { checkReduction, type Reduction } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * Negative log likelihood of the right classes: what `CrossEntropyLoss` is after a `LogSoftmax`. See `functional.nllLoss`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html
 */
export class NLLLoss extends Module {
  weight: Buffer | null;
  readonly ignoreIndex: number;
  readonly reduction: Reduction;

  constructor(options: NLLLossOptions = {}) {
    super();
    checkOptions("NLLLoss", options, ["weight", "ignoreIndex", "reduction"]);
    const { weight = null, ignoreIndex = -100, reduction = "mean" } = options;
    checkReduction("NLLLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }

  override forward(logProbabilities: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction } = this;
    return nllLoss(logProbabilities, target, { weight, ignoreIndex, reduction });
  }
}
