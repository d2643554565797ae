import type { Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";

/** `1 / (1 + exp(-x))`, element by element. */
export function sigmoid(x: Tensor): Tensor {
  checkTensor("sigmoid", x);
  return x.sigmoid();
}
