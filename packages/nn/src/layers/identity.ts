import type { Tensor } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";

/**
 * Gives back what it gets. Arguments are taken and ignored, so that it can stand where another layer stood.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Identity.html
 */
export class Identity extends Module {
  constructor(..._ignored: unknown[]) {
    super();
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Identity.forward(x)", arguments.length);
    return x;
  }
}
