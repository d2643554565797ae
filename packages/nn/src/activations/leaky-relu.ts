import type { Tensor } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { type LeakyReLUOptions, leakyRelu } from "../functional/leaky-relu.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

/**
 * `x` where it is positive, `negativeSlope * x` elsewhere. `new LeakyReLU(0.2)` or `new LeakyReLU({ negativeSlope: 0.2 })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
 */
export class LeakyReLU extends Module {
  negativeSlope: number;
  inplace: boolean;

  constructor(given: number | LeakyReLUOptions = {}) {
    super();
    const options = optionsOf<LeakyReLUOptions>("LeakyReLU", given, ["negativeSlope", "inplace"]);
    this.negativeSlope = options.negativeSlope ?? 0.01;
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, { negativeSlope: this.negativeSlope, inplace: this.inplace });
  }

  override extraRepr(): string {
    return `negative_slope=${pythonRepr(this.negativeSlope)}${this.inplace ? ", inplace=True" : ""}`;
  }
}
