import type { Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";

/** The hyperbolic tangent, element by element. */
export function tanh(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("tanh(x)", arguments.length);
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
    if (arguments.length > 1) throw surplusArguments("Tanh.forward(x)", arguments.length);
    return tanh(x);
  }
}
