import type { Tensor } from "@kindling/core";
import { checkOptions, checkTensor, defineOp, pythonFloat, surplusArguments } from "@kindling/core/extend";
import { inPlace } from "../functional/inplace.ts";
import { Module } from "../module.ts";
import { optionsOf } from "../options.ts";
import type { InplaceOptions } from "./relu.ts";

export interface ELUOptions extends InplaceOptions {
  /** The function tends to `-alpha` for very negative elements. Default: 1. */
  readonly alpha?: number;
}

/** `alpha` times a function of `x` where `bent` holds; elsewhere of 0, since infinity times 0 would be its slope. */
const bend = (x: Tensor, bent: Tensor, alpha: number, of: (x: Tensor) => Tensor): Tensor =>
  of(x.where(bent, 0)).mul(alpha);

/** The slope at 0 is `alpha`, and the slope of that is 0, as in PyTorch; asked so, NaN is itself, with a slope of 1. */
const eluOp = defineOp<number>("elu", {
  forward([x], alpha) {
    const bent = x!.le(0);
    return bend(x!, bent, alpha, (t) => t.expm1()).where(bent, x!);
  },
  backward: (grad, saved) => [grad.mul(slopeOp([saved.input(0)], saved.attrs))],
});

const slopeOp = defineOp<number>("eluSlope", {
  forward([x], alpha) {
    const bent = x!.le(0);
    return bend(x!, bent, alpha, (t) => t.exp()).where(bent, 1);
  },
  backward(grad, saved) {
    const bent = saved.input(0).lt(0);
    return [grad.mul(bend(saved.input(0), bent, saved.attrs, (t) => t.exp()).where(bent, 0))];
  },
});

/**
 * `x` where it is positive, `alpha * (exp(x) - 1)` elsewhere.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.elu.html
 */
export function elu(x: Tensor, options: ELUOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("elu(x, options?)", arguments.length);
  checkOptions("elu", options, ["alpha", "inplace"]);
  const { alpha = 1, inplace = false } = options;
  checkTensor("elu", x);
  const compute = (t: Tensor): Tensor => eluOp([t], alpha);
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
    if (arguments.length > 1) throw surplusArguments("new ELU(given?)", arguments.length);
    super();
    const options = optionsOf<ELUOptions>("ELU", given, ["alpha", "inplace"]);
    this.alpha = options.alpha ?? 1;
    this.inplace = options.inplace ?? false;
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("ELU.forward(x)", arguments.length);
    return elu(x, { alpha: this.alpha, inplace: this.inplace });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("ELU.extraRepr()", arguments.length);
    return `alpha=${pythonFloat(this.alpha)}${this.inplace ? ", inplace=True" : ""}`;
  }
}
