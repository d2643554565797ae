import type { Tensor } from "@kindling/core";
import { Buffer } from "../buffer.ts";
import {
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropyWithLogits,
} from "../functional/binary-cross-entropy-with-logits.ts";
import { checkReduction, type Reduction } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * A sigmoid and binary cross entropy in one, without overflow. See `functional.binaryCrossEntropyWithLogits`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html
 */
export class BCEWithLogitsLoss extends Module {
  static override readonly wireNames = { posWeight: "pos_weight" };

  weight: Buffer | null;
  posWeight: Buffer | null;
  readonly reduction: Reduction;

  constructor(options: BinaryCrossEntropyWithLogitsOptions = {}) {
    super();
    checkOptions("BCEWithLogitsLoss", options, ["weight", "posWeight", "reduction"]);
    const { weight = null, posWeight = null, reduction = "mean" } = options;
    checkReduction("BCEWithLogitsLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.posWeight = posWeight === null ? null : new Buffer(posWeight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    const { weight, posWeight, reduction } = this;
    return binaryCrossEntropyWithLogits(input, target, { weight, posWeight, reduction });
  }
}
