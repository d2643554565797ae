import type { Tensor } from "@kindling/core";

/** The hyperbolic tangent, element by element. */
export function tanh(x: Tensor): Tensor {
  return x.tanh();
}
