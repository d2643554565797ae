import { DTypeError, ShapeError, type Tensor, ValueError } from "@kindling/core";
import {
  checkOptions,
  checkTensor,
  defineOp,
  isFloat,
  onOneDevice,
  sameShape,
  scalarTypeName,
  surplusArguments,
} from "@kindling/core/extend";
import { Buffer } from "../buffer.ts";
import { knownElements } from "../functional/known-elements.ts";
import { checkReduction, type Reduction, type ReductionOptions, reduce } from "../functional/reduction.ts";
import { torchSize } from "../functional/torch-size.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";

export interface BinaryCrossEntropyOptions extends ReductionOptions {
  /** Multiplies the losses of single elements, broadcast. Default: all 1. */
  readonly weight?: Tensor | null;
}

/** log(x), at least -100: PyTorch keeps the loss of a certain mistake finite. */
const boundedLog = (x: Tensor): Tensor => x.log().clamp({ min: -100 });
const boundedLog1p = (x: Tensor): Tensor => x.log1p().clamp({ min: -100 });

/**
 * `-(y log(x) + (1 - y) log(1 - x))`. The derivative is stated: that of the composition is 0/0 where x is 0 or 1. That of the target is
 * not bounded, as in PyTorch.
 */
const elementLoss = defineOp("binaryCrossEntropy", {
  forward: ([x, y]) =>
    y!
      .sub(1)
      .mul(boundedLog1p(x!.neg()))
      .sub(y!.mul(boundedLog(x!))),
  backward(grad, saved) {
    const x = saved.input(0);
    const y = saved.input(1);
    const slope = x.neg().add(1).mul(x).clamp({ min: 1e-12 });
    return [
      saved.needs[0] ? grad.mul(x.sub(y)).div(slope) : null,
      saved.needs[1] ? grad.mul(x.neg().log1p().sub(x.log())) : null,
    ];
  },
});

/**
 * `-(y log(x) + (1 - y) log(1 - x))` of probabilities x against y, both from 0 to 1; logarithms are at least -100.
 * The mean is over all elements.
 *
 * @throws ValueError `all elements of input should be between 0 and 1`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html
 */
export function binaryCrossEntropy(input: Tensor, target: Tensor, options: BinaryCrossEntropyOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("binaryCrossEntropy(input, target, options?)", arguments.length);
  checkTensor("binaryCrossEntropy", input);
  checkTensor("binaryCrossEntropy", target, "target", 2);
  checkOptions("binaryCrossEntropy", options, ["weight", "reduction"]);
  const { weight = null, reduction = "mean" } = options;
  const op = "binaryCrossEntropy";
  checkReduction(op, reduction);
  if (!sameShape(input.shape, target.shape)) {
    throw new ShapeError(
      op,
      `Using a target size (${torchSize(target)}) that is different to the input size (${torchSize(input)}) is deprecated. Please ensure they have the same size.`,
      "",
      "Often the scores are [N, 1]: scores.squeeze(1).",
    );
  }
  if (target.dtype !== input.dtype) {
    throw new DTypeError(
      op,
      `Found dtype ${scalarTypeName(target.dtype)} but expected ${scalarTypeName(input.dtype)}`,
      "",
      "Convert: target.typeAs(input).",
    );
  }
  if (!isFloat(input.dtype)) {
    const rule = `"binary_cross_entropy" not implemented for '${scalarTypeName(input.dtype)}'`;
    throw new DTypeError(op, rule, "", 'Convert both: input.to("float32").');
  }
  onOneDevice(op, [input, target, ...(weight === null ? [] : [weight])]);
  checkUnitInterval(op, "input", input);
  checkUnitInterval(op, "target", target);
  const losses = elementLoss([input, target], undefined);
  return reduce(weight === null ? losses : losses.mul(weight).to(input.dtype), reduction);
}

/** Throws where elements that can be read without waiting are no probabilities; elsewhere the loss becomes NaN. */
function checkUnitInterval(op: string, name: string, x: Tensor): void {
  for (const value of knownElements(x) ?? []) {
    if (value >= 0 && value <= 1) continue;
    throw new ValueError(
      op,
      `all elements of ${name} should be between 0 and 1`,
      `got ${value}`,
      "Put a Sigmoid before the loss, or use BCEWithLogitsLoss.",
    );
  }
}

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
    if (arguments.length > 1) throw surplusArguments("new BCELoss(options?)", arguments.length);
    super();
    checkLayerOptions("BCELoss", options, ["weight", "reduction"]);
    const { weight = null, reduction = "mean" } = options;
    checkReduction("BCELoss", reduction);
    this.weight = weight === null ? null : new Buffer(weight);
    this.reduction = reduction;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    if (arguments.length > 2) throw surplusArguments("BCELoss.forward(input, target)", arguments.length);
    return binaryCrossEntropy(input, target, { weight: this.weight, reduction: this.reduction });
  }
}
