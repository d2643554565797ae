import type { Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";

/**
 * `x / (1 + |x|)`, element by element: between -1 and 1. Shapes: any, the same out. Whole numbers give float32.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softsign.html
 * @example
 * ```ts
 * functional.softsign(tensor([1, -3])); // tensor([0.5000, -0.7500])
 * ```
 */
export function softsign(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("softsign(x)", arguments.length);
  checkTensor("softsign", x);
  return x.div(x.abs().add(1));
}

/**
 * `x / (1 + |x|)`, element by element: between -1 and 1. Shapes: any, the same out.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softsign.html
 * @example
 * ```ts
 * new Softsign()(tensor([1, -3])); // tensor([0.5000, -0.7500])
 * ```
 */
export class Softsign extends Module {
  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Softsign.forward(x)", arguments.length);
    return softsign(x);
  }
}
