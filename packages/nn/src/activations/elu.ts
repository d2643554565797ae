import type { Tensor } from "@kindling/core";
import { pythonFloat } from "@kindling/core/extend";
import { type ELUOptions, elu } from "../functional/elu.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

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
