import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, pythonFloat } from "@kindling/core/extend";
import { inPlace } from "../functional/inplace.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";
import type { InplaceOptions } from "./relu.ts";

export interface ELUOptions extends InplaceOptions {
  /** The function tends to `-alpha` for very negative elements. Default: 1. */
  readonly alpha?: number;
}

/**
 * `x` where it is positive, `alpha * (exp(x) - 1)` elsewhere.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.elu.html
 */
export function elu(x: Tensor, options: ELUOptions = {}): Tensor {
  checkOptions("elu", options, ["alpha", "inplace"]);
  const { alpha = 1, inplace = false } = options;
  checkTensor("elu", x);
  const compute = (t: Tensor): Tensor => {
    // Asked so, NaN is itself, with a slope of 1.
    const bent = t.le(0);
    // The exponential of what is not asked for is kept from overflowing: infinity times 0 would be its slope.
    return t.where(bent, 0).expm1().mul(alpha).where(bent, t);
  };
  return inplace ? inPlace(x, compute) : compute(x);
}

/**
 * `x` where it is positive, `alpha * (exp(x) - 1)` elsewhere. `new ELU(0.5)` or `new ELU({ alpha: 0.5 })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ELU.html
 */
export class ELU extends Module {
  alpha: number;
  inplace: boolean;

  constructor(given: number | ELUOptions = {}) {
    super();
    const options = optionsOf<ELUOptions>("ELU", given, ["alpha", "inplace"]);
    this.alpha = options.alpha ?? 1;
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return elu(x, { alpha: this.alpha, inplace: this.inplace });
  }

  override extraRepr(): string {
    return `alpha=${pythonFloat(this.alpha)}${this.inplace ? ", inplace=True" : ""}`;
  }
}
