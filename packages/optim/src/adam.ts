import { type Tensor, zerosLike } from "@kindling/core";
import { adamStep, surplusArguments } from "@kindling/core/extend";
import type { Given } from "./live-rate.ts";
import { Optimizer } from "./optimizer.ts";
import { notNegative, type OptionRules, twoBetas } from "./option-rules.ts";
import { withDefaults } from "./options.ts";
import type { ParamGroup, Params } from "./param-group.ts";

export interface AdamOptions {
  /** Learning rate: a number, or as it is given a tensor of one element. Default: 1e-3. */
  lr: number;
  /** How much of the averages of g and g² is kept. Default: [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the denominator. Default: 1e-8. */
  eps: number;
  /** Default: 0; 1e-2 for `AdamW`. */
  weightDecay: number;
  /** Divide by the largest average of g² so far. Default: false. */
  amsgrad: boolean;
  /** Climb instead. Default: false. */
  maximize: boolean;
  /** Shrink the parameter by `1 - lr weightDecay` instead of adding `weightDecay p` to the gradient: `AdamW`. Default: false. */
  decoupledWeightDecay: boolean;
}

type AdamState = { step: number; expAvg: Tensor; expAvgSq: Tensor; maxExpAvgSq: Tensor | undefined };

export const ADAM_DEFAULTS: AdamOptions = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
  decoupledWeightDecay: false,
};

/**
 * Adam: `m = β1 m + (1 - β1) g`, `v = β2 v + (1 - β2) g²`, `p -= lr / (1 - β1ᵗ) m / (sqrt(v) / sqrt(1 - β2ᵗ) + eps)`
 * (Kingma, Ba 2015).
 *
 * @throws ValueError `Invalid beta parameter at index 0: 1`
 * @see https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
 */
export class Adam extends Optimizer<AdamOptions, AdamState> {
  static override readonly inert = { foreach: null, capturable: false, differentiable: false, fused: null };
  static override readonly optionRules: OptionRules = {
    lr: notNegative("learning rate"),
    eps: notNegative("epsilon value"),
    betas: twoBetas,
    weightDecay: notNegative("weight_decay value"),
  };
  static override readonly olderDefaults: Readonly<Record<string, boolean>> = {
    amsgrad: false,
    maximize: false,
    decoupledWeightDecay: false,
  };

  constructor(params: Params<AdamOptions>, options: Given<AdamOptions> = {}) {
    if (arguments.length > 2) throw surplusArguments("new Adam(params, options?)", arguments.length);
    const all = withDefaults(new.target.name, options, ADAM_DEFAULTS);
    super(params, all);
  }

  protected override init(p: Tensor, { amsgrad }: ParamGroup<AdamOptions>): AdamState {
    return { step: 0, expAvg: zerosLike(p), expAvgSq: zerosLike(p), maxExpAvgSq: amsgrad ? zerosLike(p) : undefined };
  }

  protected override update(p: Tensor, grad: Tensor, state: AdamState, group: ParamGroup<AdamOptions>): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay } = group;
    const [beta1, beta2] = betas;
    state.step += 1;
    const { expAvg, expAvgSq } = state;
    // Switched on later, it begins with zeros.
    const maxExpAvgSq = amsgrad ? (state.maxExpAvgSq ?? zerosLike(p)) : undefined;
    const inputs = { parameter: p, grad, expAvg, expAvgSq, ...(maxExpAvgSq && { maxExpAvgSq }) };
    const { step } = state;
    const attrs = { lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize, step };
    const [next, m, v, largest] = adamStep(inputs, attrs, maxExpAvgSq === undefined ? [p, p, p] : [p, p, p, p]);
    p.copy_(next);
    expAvg.copy_(m);
    expAvgSq.copy_(v);
    if (largest !== undefined) state.maxExpAvgSq = maxExpAvgSq?.copy_(largest);
  }
}
