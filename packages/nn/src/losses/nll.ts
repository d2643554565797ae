import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, onOneDevice, surplusArguments } from "@kindling/core/extend";
import { Buffer } from "../buffer.ts";
import { type ClassTargets, checkWeight, checkWeightDtype, classTargets } from "../functional/class-targets.ts";
import { checkReduction, type Reduction, type ReductionOptions } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

export interface NLLLossOptions extends ReductionOptions {
  /** A weight for each class, `[C]`. Default: all 1. */
  readonly weight?: Tensor | null;
  /** Samples with this label do not count. Default: -100. */
  readonly ignoreIndex?: number;
}

/**
 * Negative log likelihood of the right classes, `-w[y] x[y]`; the mean divides by the sum of the weights `w[y]`.
 * Shapes: log-probabilities x `[N, C]`, labels y `[N]`; or `[C]` and `[]`; or `[N, C, d1, ...]` and `[N, d1, ...]`.
 *
 * @throws IndexOutOfRangeError `Target 3 is out of bounds.`
 * @throws DTypeError `expected scalar type Long but found Float`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html
 */
export function nllLoss(logProbabilities: Tensor, target: Tensor, options: NLLLossOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("nllLoss(logProbabilities, target, options?)", arguments.length);
  checkTensor("nllLoss", logProbabilities, "log_probabilities", 1);
  checkTensor("nllLoss", target, "target", 2);
  checkOptions("nllLoss", options, ["weight", "ignoreIndex", "reduction"]);
  const { weight = null, ignoreIndex = -100, reduction = "mean" } = options;
  checkReduction("nllLoss", reduction);
  const [x, labels] = onOneDevice("nllLoss", [logProbabilities, target, ...(weight === null ? [] : [weight])]);
  const targets = classTargets("nllLoss", x, labels, ignoreIndex);
  checkWeight("nllLoss", weight, targets.classes);
  checkWeightDtype("nllLoss", weight, x);
  return pickedLoss(x, targets, weight, reduction);
}

/** `-w[y] x[y]`, reduced. */
export function pickedLoss(x: Tensor, targets: ClassTargets, weight: Tensor | null, reduction: Reduction): Tensor {
  const { index, dim } = targets;
  const losses = x.gather(dim, index.unsqueeze(dim)).squeeze(dim).neg();
  const weights = weight === null ? null : targetWeights(targets, weight);
  return reduceCounted(weights === null ? losses : losses.mul(weights), targets, weights, reduction);
}

/** `w[y]`, 0 where ignored. */
export function targetWeights({ index, counted }: ClassTargets, weight: Tensor): Tensor {
  const weights = weight.indexSelect(0, index.reshape([-1])).reshape(index.shape);
  return counted === null ? weights : weights.maskedFill(counted.logicalNot(), 0);
}

/** The losses of the samples that count, reduced; the mean is over their weights. */
export function reduceCounted(
  losses: Tensor,
  { counted, count }: ClassTargets,
  weights: Tensor | null,
  reduction: Reduction,
): Tensor {
  const kept = counted === null ? losses : losses.maskedFill(counted.logicalNot(), 0);
  if (reduction === "none") return kept;
  const sum = kept.sum();
  if (reduction === "sum") return sum;
  return sum.div(weights === null ? count : weights.sum());
}

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
    if (arguments.length > 1) throw surplusArguments("new NLLLoss(options?)", arguments.length);
    super();
    checkLayerOptions("NLLLoss", options, ["weight", "ignoreIndex", "reduction"]);
    const { weight = null, ignoreIndex = -100, reduction = "mean" } = options;
    checkReduction("NLLLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }

  override forward(logProbabilities: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("NLLLoss.forward(logProbabilities, target)", arguments.length);
    const { weight, ignoreIndex, reduction } = this;
    return nllLoss(logProbabilities, target, { weight, ignoreIndex, reduction });
  }
}
