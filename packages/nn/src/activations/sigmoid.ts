import type { Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";

/** `1 / (1 + exp(-x))`, element by element. */
export function sigmoid(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("sigmoid(x)", arguments.length);
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
    if (arguments.length > 1) throw surplusArguments("Sigmoid.forward(x)", arguments.length);
    return sigmoid(x);
  }
}
