import { checkTensor, type Tensor } from "@kindling/core";

/** The hyperbolic tangent, element by element. */
export function tanh(x: Tensor): Tensor {
  checkTensor("tanh", x);
  return x.tanh();
}
