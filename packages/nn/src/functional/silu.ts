import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";
import { inPlace } from "./inplace.ts";
import type { InplaceOptions } from "./relu.ts";

/**
 * `x * sigmoid(x)`, element by element; also known as swish.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.silu.html
 */
export function silu(x: Tensor, options: InplaceOptions = {}): Tensor {
  checkOptions("silu", options, ["inplace"]);
  const { inplace = false } = options;
  checkTensor("silu", x);
  const compute = (t: Tensor): Tensor => t.mul(t.sigmoid());
  return inplace ? inPlace(x, compute) : compute(x);
}
