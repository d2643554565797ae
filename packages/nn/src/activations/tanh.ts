import type { Tensor } from "@kindling/core";
import { tanh } from "../functional/tanh.ts";
import { Module } from "../module.ts";

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
