import { type Device, ones, type Shape, ShapeError, type Tensor, zeros } from "@kindling/core";
import {
  checkList,
  checkOptions,
  checkTensor,
  formatShape,
  normalize,
  pythonRepr,
  sameShape,
  surplusArguments,
} from "@kindling/core/extend";
import { checkNormDtypes } from "../functional/norm-dtypes.ts";
import { ones_, zeros_ } from "../init/constant.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

export interface LayerNormFunctionOptions {
  /** Scales, of the normalised shape. Default: none. */
  readonly weight?: Tensor | null;
  /** Shifts, of the normalised shape. Default: none. */
  readonly bias?: Tensor | null;
  /** Added to the variance. Default: 1e-5. */
  readonly eps?: number;
}

/**
 * `y = (x - mean) / sqrt(var + eps) * weight + bias` over the last dimensions, whose sizes are `normalizedShape`; the variance is divided
 * by the count. Shapes: x `[*, ...normalizedShape]`, weight and bias `normalizedShape`.
 *
 * @throws ShapeError `Given normalized_shape=[4], expected input with shape [*, 4], but got input of size[2, 3]`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
 */
export function layerNorm(x: Tensor, normalizedShape: Shape, options: LayerNormFunctionOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("layerNorm(x, normalizedShape, options?)", arguments.length);
  checkTensor("layerNorm", x);
  checkOptions("layerNorm", options, ["weight", "bias", "eps"]);
  const wayOut = "Give the sizes of the last dimensions: [4].";
  checkList("layerNorm", normalizedShape, { name: "normalized_shape", position: 2, wayOut });
  const { weight = null, bias = null, eps = 1e-5 } = options;
  checkShapes(x, normalizedShape, { weight, bias });
  checkNormDtypes("layerNorm", "LayerNormKernelImpl", x, [weight, bias]);
  const first = x.ndim - normalizedShape.length;
  const normal = normalize(
    x,
    normalizedShape.map((_, i) => first + i),
    eps,
  );
  const scaled = weight === null ? normal : normal.mul(weight);
  return (bias === null ? scaled : scaled.add(bias)).to(x.dtype);
}

function checkShapes(x: Tensor, normalizedShape: Shape, affine: Readonly<Record<string, Tensor | null>>): void {
  const wanted = formatShape(normalizedShape);
  if (normalizedShape.length === 0) {
    throw new ShapeError(
      "layerNorm",
      "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []",
      "",
      "Give the sizes of the last dimensions.",
    );
  }
  for (const [name, tensor] of Object.entries(affine)) {
    if (tensor === null || sameShape(tensor.shape, normalizedShape)) continue;
    throw new ShapeError(
      "layerNorm",
      `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${formatShape(tensor.shape)} and normalized_shape = ${wanted}`,
    );
  }
  if (x.ndim >= normalizedShape.length && sameShape(x.shape.slice(x.ndim - normalizedShape.length), normalizedShape))
    return;
  throw new ShapeError(
    "layerNorm",
    `Given normalized_shape=${wanted}, expected input with shape [*, ${normalizedShape.join(", ")}], but got input of size${formatShape(x.shape)}`,
    "",
    "The normalised dimensions are the last ones.",
  );
}

export interface LayerNormOptions {
  /** Added to the variance. Default: 1e-5. */
  readonly eps?: number;
  /** Whether to scale and shift each element by learned numbers. Default: true. */
  readonly elementwiseAffine?: boolean;
  /** Whether to shift, where `elementwiseAffine`. Default: true. */
  readonly bias?: boolean;
  /** Where the parameters live. Default: the cpu. */
  readonly device?: Device;
}

/**
 * Normalises each sample over its last dimensions, whose sizes are `normalizedShape`: `y = (x - mean) / sqrt(var + eps) * weight + bias`.
 * Shapes: x and y `[*, ...normalizedShape]`, weight and bias `normalizedShape`.
 *
 * @throws ShapeError `Given normalized_shape=[4], expected input with shape [*, 4], but got input of size[2, 3]`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html
 */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape;
  eps: number;
  readonly elementwiseAffine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new LayerNorm(normalizedShape, options?)", arguments.length);
    super();
    checkSizes("LayerNorm", { normalizedShape });
    checkLayerOptions("LayerNorm", options, ["eps", "elementwiseAffine", "bias", "device"]);
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = options;
    this.normalizedShape = typeof normalizedShape === "number" ? [normalizedShape] : [...normalizedShape];
    this.eps = eps;
    this.elementwiseAffine = elementwiseAffine;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : null;
    this.bias = elementwiseAffine && bias ? new Parameter(zeros(this.normalizedShape)) : null;
    if (options.device !== undefined) this.to(options.device);
  }

  /** Sets the parameters to 1 and 0. */
  resetParameters(): void {
    if (arguments.length > 0) throw surplusArguments("LayerNorm.resetParameters()", arguments.length);
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("LayerNorm.forward(x)", arguments.length);
    return layerNorm(x, this.normalizedShape, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("LayerNorm.extraRepr()", arguments.length);
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${pythonRepr(normalizedShape)}, eps=${pythonRepr(eps)}, elementwise_affine=${pythonRepr(elementwiseAffine)}, bias=${pythonRepr(this.bias !== null)}`;
  }
}
