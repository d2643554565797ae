import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { inPlace } from "../functional/inplace.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";
import type { InplaceOptions } from "./relu.ts";

export interface LeakyReLUOptions extends InplaceOptions {
  /** The slope of negative elements. Default: 0.01. */
  readonly negativeSlope?: number;
}

/**
 * `x` where it is positive, `negativeSlope * x` elsewhere; the slope at 0 is `negativeSlope`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html
 */
export function leakyRelu(x: Tensor, options: LeakyReLUOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("leakyRelu(x, options?)", arguments.length);
  checkOptions("leakyRelu", options, ["negativeSlope", "inplace"]);
  const { negativeSlope = 0.01, inplace = false } = options;
  checkTensor("leakyRelu", x);
  const compute = (t: Tensor): Tensor => t.where(t.gt(0), t.mul(negativeSlope));
  return inplace ? inPlace(x, compute) : compute(x);
}

/**
 * `x` where it is positive, `negativeSlope * x` elsewhere. `new LeakyReLU(0.2)` or `new LeakyReLU({ negativeSlope: 0.2 })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
 */
export class LeakyReLU extends Module {
  negativeSlope: number;
  inplace: boolean;

  constructor(given: number | LeakyReLUOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new LeakyReLU(given?)", arguments.length);
    super();
    const options = optionsOf<LeakyReLUOptions>("LeakyReLU", given, ["negativeSlope", "inplace"]);
    this.negativeSlope = options.negativeSlope ?? 0.01;
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("LeakyReLU.forward(x)", arguments.length);
    return leakyRelu(x, { negativeSlope: this.negativeSlope, inplace: this.inplace });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("LeakyReLU.extraRepr()", arguments.length);
    return `negative_slope=${pythonRepr(this.negativeSlope)}${this.inplace ? ", inplace=True" : ""}`;
  }
}
