import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";
import { inPlace } from "./inplace.ts";
import type { InplaceOptions } from "./relu.ts";

export interface LeakyReLUOptions extends InplaceOptions {
  /** What negative elements are multiplied with. Default: 0.01. */
  readonly negativeSlope?: number;
}

/**
 * `x` where it is positive, `negativeSlope * x` elsewhere; the slope at 0 is `negativeSlope`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html
 */
export function leakyRelu(x: Tensor, options: LeakyReLUOptions = {}): Tensor {
  checkOptions("leakyRelu", options, ["negativeSlope", "inplace"]);
  const { negativeSlope = 0.01, inplace = false } = options;
  checkTensor("leakyRelu", x);
  const compute = (t: Tensor): Tensor => t.where(t.gt(0), t.mul(negativeSlope));
  return inplace ? inPlace(x, compute) : compute(x);
}
