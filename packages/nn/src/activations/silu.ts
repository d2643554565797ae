import type { Tensor } from "@kindling/core";
import type { InplaceOptions } from "../functional/relu.ts";
import { silu } from "../functional/silu.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";

/**
 * `x * sigmoid(x)`, element by element; also known as swish.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html
 */
export class SiLU extends Module {
  inplace: boolean;

  constructor(options: InplaceOptions = {}) {
    super();
    checkOptions("SiLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return silu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
