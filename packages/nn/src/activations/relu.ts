import type { Tensor } from "@kindling/core";
import { type InplaceOptions, relu } from "../functional/relu.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * `max(x, 0)`, element by element.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html
 */
export class ReLU extends Module {
  inplace: boolean;

  constructor(options: InplaceOptions = {}) {
    super();
    checkOptions("ReLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return relu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
