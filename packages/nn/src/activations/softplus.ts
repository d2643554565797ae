import type { Tensor } from "@kindling/core";
import { pythonFloat } from "@kindling/core/extend";
import { type SoftplusOptions, softplus } from "../functional/softplus.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

/**
 * `log(1 + exp(beta * x)) / beta`, a smooth `ReLU`; `x` itself where `beta * x` is above `threshold`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softplus.html
 */
export class Softplus extends Module {
  beta: number;
  threshold: number;

  constructor(given: number | SoftplusOptions = {}) {
    super();
    const options = optionsOf<SoftplusOptions>("Softplus", given, ["beta", "threshold"]);
    this.beta = options.beta ?? 1;
    this.threshold = options.threshold ?? 20;
  }

  override forward(x: Tensor): Tensor {
    return softplus(x, { beta: this.beta, threshold: this.threshold });
  }

  override extraRepr(): string {
    return `beta=${pythonFloat(this.beta)}, threshold=${pythonFloat(this.threshold)}`;
  }
}
