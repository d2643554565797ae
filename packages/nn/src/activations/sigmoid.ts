import type { Tensor } from "@kindling/core";
import { sigmoid } from "../functional/sigmoid.ts";
import { Module } from "../module.ts";

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
