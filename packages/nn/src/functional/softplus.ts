import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";

export interface SoftplusOptions {
  /** How sharp the bend at 0 is. Default: 1. */
  readonly beta?: number;
  /** Above `beta * x = threshold` the function is `x`. Default: 20. */
  readonly threshold?: number;
}

/**
 * `log(1 + exp(beta * x)) / beta`, a smooth `relu`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  checkOptions("softplus", options, ["beta", "threshold"]);
  const { beta = 1, threshold = 20 } = options;
  checkTensor("softplus", x);
  const scaled = x.mul(beta);
  const linear = scaled.gt(threshold);
  // The exponential of what is not asked for is kept from overflowing: infinity times 0 would be its slope.
  return x.where(linear, scaled.maskedFill(linear, 0).exp().log1p().div(beta));
}
