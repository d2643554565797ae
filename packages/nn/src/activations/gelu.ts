import { type Tensor, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";

export interface GELUOptions {
  /** `"tanh"` for the approximation that older networks were trained with. Default: `"none"`. */
  readonly approximate?: "none" | "tanh";
}

/**
 * `x * Φ(x)` with the distribution function Φ of the normal distribution, `x / 2 * (1 + erf(x / sqrt(2)))`; or its approximation
 * `x / 2 * (1 + tanh(sqrt(2 / π) * (x + 0.044715 x³)))`.
 *
 * @throws ValueError `approximate argument must be either none or tanh.`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html
 */
export function gelu(x: Tensor, options: GELUOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("gelu(x, options?)", arguments.length);
  checkOptions("gelu", options, ["approximate"]);
  const { approximate = "none" } = options;
  checkTensor("gelu", x);
  if (approximate === "none") return x.mul(0.5).mul(x.mul(Math.SQRT1_2).erf().add(1));
  if (approximate !== "tanh") {
    const rule = "approximate argument must be either none or tanh.";
    throw new ValueError("gelu", rule, `got ${String(approximate)}`, 'Omit it, or write { approximate: "tanh" }.');
  }
  const inner = x
    .square()
    .mul(x)
    .mul(0.044715)
    .add(x)
    .mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(inner.tanh().add(1));
}

/**
 * `x * Φ(x)` with the distribution function Φ of the normal distribution. `new GELU("tanh")` or `new GELU({ approximate: "tanh" })`
 * is the approximation by tanh.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GELU.html
 */
export class GELU extends Module {
  approximate: "none" | "tanh";

  constructor(given: "none" | "tanh" | GELUOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new GELU(given?)", arguments.length);
    super();
    const options = optionsOf<GELUOptions>("GELU", given, ["approximate"], "string");
    this.approximate = options.approximate ?? "none";
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("GELU.forward(x)", arguments.length);
    return gelu(x, { approximate: this.approximate });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("GELU.extraRepr()", arguments.length);
    return `approximate=${pythonRepr(this.approximate)}`;
  }
}
