import { ones, type Tensor } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { init, Module, Parameter } from "@kindling/nn";
import { EPS, rmsNorm } from "./rms-norm-function.ts";

export interface RMSNormOptions {
  /** Added to the mean square. Default: 2^-23, the `eps` of float32. */
  readonly eps?: number;
  /** Whether to multiply each element by a learned number. Default: true. */
  readonly elementwiseAffine?: boolean;
}

/**
 * Divides each sample by its root mean square over the last dimension: `y = x / sqrt(mean(x²) + eps) * weight`.
 * Shapes: x and y `[*, size]`, weight `[size]`.
 *
 * @throws ShapeError when the last dimension of x is not `size`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html
 */
export class RMSNorm extends Module {
  readonly size: number;
  readonly eps: number;
  /** A `Parameter` in a field is found by optimizers, `stateDict()` and `to(device)`. */
  weight: Parameter | null;

  constructor(size: number, { eps = EPS, elementwiseAffine = true }: RMSNormOptions = {}) {
    super();
    this.size = size;
    this.eps = eps;
    this.weight = elementwiseAffine ? new Parameter(ones([size])) : null;
  }

  /** Sets the weight to 1. */
  resetParameters(): void {
    if (this.weight !== null) init.ones_(this.weight);
  }

  override forward(x: Tensor): Tensor {
    return rmsNorm(x, this.size, { weight: this.weight, eps: this.eps });
  }

  /** What `String(net)` shows between the brackets. */
  override extraRepr(): string {
    const [size, eps, affine] = [[this.size], this.eps, this.weight !== null].map((value) => pythonRepr(value));
    return `${size}, eps=${eps}, elementwise_affine=${affine}`;
  }
}
