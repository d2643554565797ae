import type { Tensor } from "@kindling/core";
import { Buffer } from "../buffer.ts";
import { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "../functional/binary-cross-entropy.ts";
import { checkReduction, type Reduction } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * Binary cross entropy of probabilities. `BCEWithLogitsLoss` takes scores instead, and is exact where this one is not. See
 * `functional.binaryCrossEntropy`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html
 */
export class BCELoss extends Module {
  weight: Buffer | null;
  readonly reduction: Reduction;

  constructor(options: BinaryCrossEntropyOptions = {}) {
    super();
    checkOptions("BCELoss", options, ["weight", "reduction"]);
    const { weight = null, reduction = "mean" } = options;
    checkReduction("BCELoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, { weight: this.weight, reduction: this.reduction });
  }
}
