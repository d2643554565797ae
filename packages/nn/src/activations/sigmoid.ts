import type { Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";
import { Module } from "../module.ts";

/** `1 / (1 + exp(-x))`, element by element. */
export function sigmoid(x: Tensor): Tensor {
  checkTensor("sigmoid", x);
  return x.sigmoid();
}

/**
 * `1 / (1 + exp(-x))`, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
 */
export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}
