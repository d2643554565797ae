import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";
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
  if (arguments.length > 2) throw surplusArguments("silu(x, options?)", arguments.length);
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
    if (arguments.length > 1) throw surplusArguments("new SiLU(options?)", arguments.length);
    super();
    checkLayerOptions("SiLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("SiLU.forward(x)", arguments.length);
    return silu(x, { inplace: this.inplace });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("SiLU.extraRepr()", arguments.length);
    return this.inplace ? "inplace=True" : "";
  }
}
