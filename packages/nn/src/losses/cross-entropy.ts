import { DTypeError, type Tensor, ValueError } from "@kindling/core";
import {
  checkOptions,
  checkTensor,
  isFloat,
  onOneDevice,
  sameShape,
  scalarTypeName,
  surplusArguments,
} from "@kindling/core/extend";
import { Buffer } from "../buffer.ts";
import { type ClassTargets, checkWeight, checkWeightDtype, classTargets } from "../functional/class-targets.ts";
import { checkReduction, type Reduction } from "../functional/reduction.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { type NLLLossOptions, pickedLoss, reduceCounted, targetWeights } from "./nll.ts";

export interface CrossEntropyOptions extends NLLLossOptions {
  /** How much of the target is spread evenly over all classes, from 0 to 1. Default: 0. */
  readonly labelSmoothing?: number;
}

/**
 * Cross entropy of scores against classes, `-w[y] logSoftmax(x)[y]`; the mean divides by the sum of the weights `w[y]`.
 * Against class probabilities q (floats in the shape of the scores) it is `-sum(w q logSoftmax(x))`, and the mean divides by N.
 * Shapes: scores x `[N, C]`, labels y `[N]`; or `[C]` and `[]`; or `[N, C, d1, ...]` and `[N, d1, ...]`.
 *
 * @throws IndexOutOfRangeError `Target 3 is out of bounds.`
 * @throws DTypeError `expected scalar type Long but found Float`
 * @throws ShapeError `Expected input batch_size (2) to match target batch_size (3).`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
 */
export function crossEntropy(input: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("crossEntropy(input, target, options?)", arguments.length);
  checkTensor("crossEntropy", input);
  checkTensor("crossEntropy", target, "target", 2);
  checkOptions("crossEntropy", options, ["weight", "ignoreIndex", "reduction", "labelSmoothing"]);
  const { weight = null, ignoreIndex = -100, reduction = "mean", labelSmoothing = 0 } = options;
  const op = "crossEntropy";
  checkReduction(op, reduction);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    const rule = `label_smoothing must be between 0.0 and 1.0. Got: ${labelSmoothing}`;
    throw new ValueError(op, rule, "", "It is the share that goes to all classes evenly.");
  }
  const [scores, wanted] = onOneDevice(op, [input, target, ...(weight === null ? [] : [weight])]);
  const dim = scores.ndim === 1 ? 0 : 1;
  if (sameShape(scores.shape, wanted.shape)) {
    checkProbabilities(op, wanted, options);
    checkWeight(op, weight, scores.shape[dim] ?? 1);
    return probabilityLoss(scores.logSoftmax(dim), wanted, dim, weight, reduction, labelSmoothing);
  }
  const targets = classTargets(op, scores, wanted, ignoreIndex);
  checkWeight(op, weight, targets.classes);
  checkWeightDtype(op, weight, scores);
  const logProbabilities = scores.logSoftmax(dim);
  const loss = pickedLoss(logProbabilities, targets, weight, reduction);
  if (labelSmoothing === 0) return loss;
  const even = evenLoss(logProbabilities, targets, weight, reduction);
  return loss.mul(1 - labelSmoothing).add(even.mul(labelSmoothing / targets.classes));
}

/** `-sum(w logSoftmax(x))` over the classes: the loss against an even distribution, times C. */
function evenLoss(x: Tensor, targets: ClassTargets, weight: Tensor | null, reduction: Reduction): Tensor {
  const { dim } = targets;
  const losses = (weight === null ? x : x.mul(alongDim(weight, dim, x.ndim))).sum(dim).neg();
  const weights = weight === null || reduction !== "mean" ? null : targetWeights(targets, weight);
  return reduceCounted(losses, targets, weights, reduction);
}

function probabilityLoss(
  logProbabilities: Tensor,
  target: Tensor,
  dim: number,
  weight: Tensor | null,
  reduction: Reduction,
  labelSmoothing: number,
): Tensor {
  const classes = logProbabilities.shape[dim] as number;
  const q = labelSmoothing === 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / classes);
  const terms = logProbabilities.mul(q);
  const weighted = weight === null ? terms : terms.mul(alongDim(weight, dim, terms.ndim));
  if (reduction === "none") return weighted.sum(dim).neg();
  const sum = weighted.sum().neg();
  return reduction === "sum" ? sum : sum.div(terms.numel() / classes);
}

/** A vector as dimension `dim` of `ndim`, ready to broadcast. */
function alongDim(vector: Tensor, dim: number, ndim: number): Tensor {
  return vector.reshape(Array.from({ length: ndim }, (_, i) => (i === dim ? -1 : 1)));
}

function checkProbabilities(op: string, target: Tensor, { ignoreIndex = -100 }: CrossEntropyOptions): void {
  if (!isFloat(target.dtype)) {
    const rule = `Expected floating point type for target with class probabilities, got ${scalarTypeName(target.dtype)}`;
    throw new DTypeError(
      op,
      rule,
      "the target has the shape of the scores",
      'Labels are [N]; probabilities are t.to("float32").',
    );
  }
  if (ignoreIndex >= 0) {
    throw new ValueError(
      op,
      "ignore_index is not supported for floating point target",
      "",
      "Give such rows a weight of 0.",
    );
  }
}

/**
 * Cross entropy of scores (no softmax before it) against class labels, or against class probabilities. See
 * `functional.crossEntropy` for formula, shapes and errors.
 *
 * ```ts
 * const loss = new CrossEntropyLoss()(net(images), labels);
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
    if (arguments.length > 1) throw surplusArguments("new CrossEntropyLoss(options?)", arguments.length);
    super();
    checkLayerOptions("CrossEntropyLoss", options, ["weight", "ignoreIndex", "reduction", "labelSmoothing"]);
    const { weight = null, ignoreIndex = -100, reduction = "mean", labelSmoothing = 0 } = options;
    checkReduction("CrossEntropyLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.labelSmoothing = labelSmoothing;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("CrossEntropyLoss.forward(input, target)", arguments.length);
    const { weight, ignoreIndex, reduction, labelSmoothing } = this;
    return crossEntropy(input, target, { weight, ignoreIndex, reduction, labelSmoothing });
  }
}
