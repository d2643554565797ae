import type { Tensor } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { type GELUOptions, gelu } from "../functional/gelu.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

/**
 * `x * Φ(x)` with the distribution function Φ of the normal distribution. `new GELU("tanh")` or `new GELU({ approximate: "tanh" })`
 * is the approximation by tanh.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GELU.html
 */
export class GELU extends Module {
  approximate: "none" | "tanh";

  constructor(given: "none" | "tanh" | GELUOptions = {}) {
    super();
    const options = optionsOf<GELUOptions>("GELU", given, ["approximate"], "string");
    this.approximate = options.approximate ?? "none";
  }

  override forward(x: Tensor): Tensor {
    return gelu(x, { approximate: this.approximate });
  }

  override extraRepr(): string {
    return `approximate=${pythonRepr(this.approximate)}`;
  }
}
