import { ShapeError, type Tensor } from "@kindling/core";

export interface RmsNormOptions {
  /** Multiplies each element, `[size]`. Default: nothing does. */
  readonly weight?: Tensor | null;
  /** Added to the mean square. Default: 2^-23, the `eps` of float32. */
  readonly eps?: number;
}

/** The distance between 1 and the next float32. */
export const EPS = 2 ** -23;

/**
 * `y = x / sqrt(mean(x²) + eps) * weight`, with the mean over the last dimension, of `size` elements. Shapes: x and y `[*, size]`.
 *
 * @throws ShapeError when the last dimension of x is not `size`
 */
export function rmsNorm(x: Tensor, size: number, { weight = null, eps = EPS }: RmsNormOptions = {}): Tensor {
  if (x.shape.at(-1) !== size) {
    const shape = `[${x.shape.join(", ")}]`;
    throw new ShapeError(
      "rmsNorm",
      `expected input with shape [*, ${size}]`,
      shape,
      "The last dimension is normalized.",
    );
  }
  const normalized = x.mul(x.square().mean(-1, { keepdim: true }).add(eps).rsqrt());
  return weight === null ? normalized : normalized.mul(weight);
}
