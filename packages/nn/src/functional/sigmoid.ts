import { checkTensor, type Tensor } from "@kindling/core";

/** `1 / (1 + exp(-x))`, element by element. */
export function sigmoid(x: Tensor): Tensor {
  checkTensor("sigmoid", x);
  return x.sigmoid();
}
