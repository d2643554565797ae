import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor } from "@kindling/core/extend";
import { inPlace } from "../functional/inplace.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import type { InplaceOptions } from "./relu.ts";

/**
 * `x * sigmoid(x)`, element by element; also known as swish.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.silu.html
 */
export function silu(x: Tensor, options: InplaceOptions = {}): Tensor {
  checkOptions("silu", options, ["inplace"]);
  const { inplace = false } = options;
  checkTensor("silu", x);
  const compute = (t: Tensor): Tensor => t.mul(t.sigmoid());
  return inplace ? inPlace(x, compute) : compute(x);
}

/**
 * `x * sigmoid(x)`, element by element; also known as swish.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html
 */
export class SiLU extends Module {
  inplace: boolean;

  constructor(options: InplaceOptions = {}) {
    super();
    checkLayerOptions("SiLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return silu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
