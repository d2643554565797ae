import type { Tensor } from "@kindling/core";
import { Buffer } from "../buffer.ts";
import { type CrossEntropyOptions, crossEntropy } from "../functional/cross-entropy.ts";
import { checkReduction, type Reduction } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * Cross entropy of scores (no softmax before it) against class labels, or against class probabilities. See
 * `functional.crossEntropy` for formula, shapes and errors.
 *
 * ```ts
 * const loss = new CrossEntropyLoss().forward(net.forward(images), labels);
 * ```
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
 */
export class CrossEntropyLoss extends Module {
  weight: Buffer | null;
  readonly ignoreIndex: number;
  readonly reduction: Reduction;
  readonly labelSmoothing: number;

  constructor(options: CrossEntropyOptions = {}) {
    super();
    checkOptions("CrossEntropyLoss", options, ["weight", "ignoreIndex", "reduction", "labelSmoothing"]);
    const { weight = null, ignoreIndex = -100, reduction = "mean", labelSmoothing = 0 } = options;
    checkReduction("CrossEntropyLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.labelSmoothing = labelSmoothing;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, ignoreIndex, reduction, labelSmoothing } = this;
    return crossEntropy(input, target, { weight, ignoreIndex, reduction, labelSmoothing });
  }
}
