import { type Tensor, ValueError } from "@kindling/core";
import { sgdStep, surplusArguments } from "@kindling/core/extend";
import type { Given } from "./live-rate.ts";
import { Optimizer } from "./optimizer.ts";
import { notNegative, type OptionRules } from "./option-rules.ts";
import { withDefaults } from "./options.ts";
import type { ParamGroup, Params } from "./param-group.ts";

export interface SGDOptions {
  /** Learning rate: a number, or as it is given a tensor of one element. Default: 1e-3. */
  lr: number;
  /** How much of the last direction is kept. Default: 0. */
  momentum: number;
  /** Dampening of the gradient in the momentum buffer, from the second step on. Default: 0. */
  dampening: number;
  /** Adds `weightDecay * p` to the gradient. Default: 0. */
  weightDecay: number;
  /** Look ahead along the momentum. Default: false. */
  nesterov: boolean;
  /** Climb instead. Default: false. */
  maximize: boolean;
}

type SGDState = { momentumBuffer: Tensor | undefined };

/**
 * Stochastic gradient descent, `p -= lr d`. Without momentum d is the gradient g (plus `weightDecay p`); with momentum μ,
 * `buffer = g` on the first step and `μ buffer + (1 - dampening) g` on later ones, and d is the buffer, or with nesterov `g + μ buffer`.
 *
 * PyTorch multiplies and adds in one rounding where the processor can, this in two: the last bit may differ.
 *
 * @throws ValueError `Nesterov momentum requires a momentum and zero dampening`
 * @see https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
 */
export class SGD extends Optimizer<SGDOptions, SGDState> {
  static override readonly inert = { foreach: null, differentiable: false, fused: null };
  static override readonly optionRules: OptionRules = {
    lr: notNegative("learning rate"),
    momentum: notNegative("momentum value"),
    weightDecay: notNegative("weight_decay value"),
  };
  static override readonly olderDefaults = { nesterov: false, maximize: false };

  constructor(params: Params<SGDOptions>, options: Given<SGDOptions> = {}) {
    if (arguments.length > 2) throw surplusArguments("new SGD(params, options?)", arguments.length);
    const defaults = { lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false };
    const all = withDefaults<SGDOptions>("SGD", options, defaults);
    super(params, all);
    if (all.nesterov && (all.momentum <= 0 || all.dampening !== 0)) {
      const rule = "Nesterov momentum requires a momentum and zero dampening";
      throw new ValueError("SGD", rule, "", "Write { momentum: 0.9, nesterov: true }.");
    }
  }

  protected override init(): SGDState {
    // Not zeros: the first gradient is taken over whole, whatever the dampening.
    return { momentumBuffer: undefined };
  }

  protected override update(p: Tensor, grad: Tensor, state: SGDState, group: ParamGroup<SGDOptions>): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } = group;
    const buffer = state.momentumBuffer;
    const inputs = { parameter: p, grad, ...(buffer && { buffer }) };
    const attrs = { lr, momentum, dampening, weightDecay, nesterov, maximize };
    const [next, nextBuffer] = sgdStep(inputs, attrs, momentum === 0 ? [p] : [p, p]);
    p.copy_(next);
    if (nextBuffer !== undefined) state.momentumBuffer = buffer?.copy_(nextBuffer) ?? nextBuffer;
  }
}
