import type { Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";
import { Module } from "../module.ts";

/** The hyperbolic tangent, element by element. */
export function tanh(x: Tensor): Tensor {
  checkTensor("tanh", x);
  return x.tanh();
}

/**
 * The hyperbolic tangent, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html
 */
export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}
