import { DTypeError, ShapeError, type Tensor } from "@kindling/core";
import {
  checkOptions,
  checkTensor,
  defineOp,
  floatOf,
  isFloat,
  onOneDevice,
  sameShape,
  scalarTypeName,
  surplusArguments,
} from "@kindling/core/extend";
import { Buffer } from "../buffer.ts";
import { checkReduction, type Reduction, reduce } from "../functional/reduction.ts";
import { torchSize } from "../functional/torch-size.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import type { BinaryCrossEntropyOptions } from "./bce.ts";

export interface BinaryCrossEntropyWithLogitsOptions extends BinaryCrossEntropyOptions {
  /** Multiplies the term of the positive class, broadcast. Default: all 1. */
  readonly posWeight?: Tensor | null;
}

/**
 * Binary cross entropy of scores, `(1 - y) x - (1 + (p - 1) y) log(sigmoid(x))`, without overflow. The mean is over all
 * elements.
 *
 * @throws ShapeError `Target size (torch.Size([2])) must be the same as input size (torch.Size([2, 1]))`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyWithLogitsOptions = {},
): Tensor {
  if (arguments.length > 3)
    throw surplusArguments("binaryCrossEntropyWithLogits(input, target, options?)", arguments.length);
  checkTensor("binaryCrossEntropyWithLogits", input);
  checkTensor("binaryCrossEntropyWithLogits", target, "target", 2);
  const op = "binaryCrossEntropyWithLogits";
  checkOptions(op, options, ["weight", "posWeight", "reduction"]);
  const { weight = null, posWeight = null, reduction = "mean" } = options;
  checkReduction(op, reduction);
  if (!sameShape(input.shape, target.shape)) {
    const rule = `Target size (${torchSize(target)}) must be the same as input size (${torchSize(input)})`;
    throw new ShapeError(op, rule, "", "Often the scores are [N, 1]: scores.squeeze(1).");
  }
  if (!isFloat(target.dtype)) {
    const rule = `result type ${scalarTypeName(floatOf(input.dtype))} can't be cast to the desired output type ${scalarTypeName(target.dtype)}`;
    throw new DTypeError(op, rule, "", 'Convert: target.to("float32").');
  }
  onOneDevice(op, [input, target, ...[weight, posWeight].filter((given) => given !== null)]);
  const positive = logSigmoid(input);
  const scaled = posWeight === null ? positive : positive.mul(posWeight.sub(1).mul(target).add(1));
  const losses = target.neg().add(1).mul(input).sub(scaled);
  return reduce((weight === null ? losses : losses.mul(weight)).to(target.dtype), reduction);
}

/** The derivative is stated, `sigmoid(-x)`: that of the composition has the kinks of its parts at 0, where this one is smooth. */
const logSigmoidOp = defineOp("logSigmoid", {
  forward: ([x]) => x!.clamp({ max: 0 }).sub(x!.abs().neg().exp().log1p()),
  backward: (grad, saved) => [grad.mul(saved.input(0).neg().sigmoid())],
});

/**
 * `log(sigmoid(x)) = min(x, 0) - log(1 + exp(-|x|))`, which never overflows.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.logsigmoid.html
 */
export function logSigmoid(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("logSigmoid(x)", arguments.length);
  checkTensor("logSigmoid", x);
  return logSigmoidOp([x], undefined);
}

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
    if (arguments.length > 1) throw surplusArguments("new BCEWithLogitsLoss(options?)", arguments.length);
    super();
    checkLayerOptions("BCEWithLogitsLoss", options, ["weight", "posWeight", "reduction"]);
    const { weight = null, posWeight = null, reduction = "mean" } = options;
    checkReduction("BCEWithLogitsLoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.posWeight = posWeight === null ? null : new Buffer(posWeight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("BCEWithLogitsLoss.forward(input, target)", arguments.length);
    const { weight, posWeight, reduction } = this;
    return binaryCrossEntropyWithLogits(input, target, { weight, posWeight, reduction });
  }
}
