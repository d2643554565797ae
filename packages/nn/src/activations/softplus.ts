import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, pythonFloat, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

export interface SoftplusOptions {
  /** How sharp the bend at 0 is. Default: 1. */
  readonly beta?: number;
  /** Above `beta * x = threshold` the function is `x`. Default: 20. */
  readonly threshold?: number;
}

/**
 * `log(1 + exp(beta * x)) / beta`, a smooth `relu`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("softplus(x, options?)", arguments.length);
  checkOptions("softplus", options, ["beta", "threshold"]);
  const { beta = 1, threshold = 20 } = options;
  checkTensor("softplus", x);
  const scaled = x.mul(beta);
  const linear = scaled.gt(threshold);
  // The exponential of what is not asked for is kept from overflowing: infinity times 0 would be its slope.
  return x.where(linear, scaled.maskedFill(linear, 0).exp().log1p().div(beta));
}

/**
 * `log(1 + exp(beta * x)) / beta`, a smooth `ReLU`; `x` itself where `beta * x` is above `threshold`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softplus.html
 */
export class Softplus extends Module {
  beta: number;
  threshold: number;

  constructor(given: number | SoftplusOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new Softplus(given?)", arguments.length);
    super();
    const options = optionsOf<SoftplusOptions>("Softplus", given, ["beta", "threshold"]);
    this.beta = options.beta ?? 1;
    this.threshold = options.threshold ?? 20;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Softplus.forward(x)", arguments.length);
    return softplus(x, { beta: this.beta, threshold: this.threshold });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Softplus.extraRepr()", arguments.length);
    return `beta=${pythonFloat(this.beta)}, threshold=${pythonFloat(this.threshold)}`;
  }
}
