import type { Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";

/** The hyperbolic tangent, element by element. */
export function tanh(x: Tensor): Tensor {
  checkTensor("tanh", x);
  return x.tanh();
}
