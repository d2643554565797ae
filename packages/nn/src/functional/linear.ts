import { linear as affine, type Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";

/**
 * Affine map `y = x Wᵀ + b`. Shapes: x `[*, in]`, W `[out, in]`, b `[out]`, y `[*, out]`.
 *
 * @throws ShapeError `mat1 and mat2 shapes cannot be multiplied (2x3 and 5x2)`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  checkTensor("linear", x);
  checkTensor("linear", weight, "weight", 2);
  if (bias !== null) checkTensor("linear", bias, "bias", 3);
  return bias === null ? affine(x, weight) : affine(x, weight, bias);
}
