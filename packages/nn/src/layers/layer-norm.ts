import { type Device, ones, type Shape, type Tensor, zeros } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { layerNorm } from "../functional/layer-norm.ts";
import { ones_, zeros_ } from "../init/constant.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

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
    super();
    checkSizes("LayerNorm", { normalizedShape });
    checkOptions("LayerNorm", options, ["eps", "elementwiseAffine", "bias", "device"]);
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
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  override forward(x: Tensor): Tensor {
    return layerNorm(x, this.normalizedShape, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  override extraRepr(): string {
    const { normalizedShape, eps, elementwiseAffine } = this;
    return `${pythonRepr(normalizedShape)}, eps=${pythonRepr(eps)}, elementwise_affine=${pythonRepr(elementwiseAffine)}, bias=${pythonRepr(this.bias !== null)}`;
  }
}
