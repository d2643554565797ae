import { maximum, type Tensor, zerosLike } from "@kindling/core";
import { Optimizer } from "./optimizer.ts";
import { notNegative, type OptionRules, twoBetas } from "./option-rules.ts";
import { withDefaults } from "./options.ts";
import type { ParamGroup, Params } from "./param-group.ts";

export interface AdamOptions {
  /** Learning rate. Default: 1e-3. */
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

  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    const all = withDefaults(new.target.name, options, ADAM_DEFAULTS);
    super(params, all);
  }

  protected override init(p: Tensor, { amsgrad }: ParamGroup<AdamOptions>): AdamState {
    return { step: 0, expAvg: zerosLike(p), expAvgSq: zerosLike(p), maxExpAvgSq: amsgrad ? zerosLike(p) : undefined };
  }

  // The order of operations is PyTorch's, so that numbers are.
  protected override update(p: Tensor, grad: Tensor, state: AdamState, group: ParamGroup<AdamOptions>): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay } = group;
    const [beta1, beta2] = betas;
    state.step += 1;
    let g = maximize ? grad.neg() : grad;
    if (weightDecay !== 0) {
      if (decoupledWeightDecay) p.mul_(1 - lr * weightDecay);
      else g = g.add(p, { alpha: weightDecay });
    }
    state.expAvg.add_(g.sub(state.expAvg), { alpha: 1 - beta1 });
    state.expAvgSq.mul_(beta2).add_(g.mul(1 - beta2).mul(g));
    let v = state.expAvgSq;
    if (amsgrad) {
      v = maximum(state.maxExpAvgSq ?? zerosLike(p), state.expAvgSq);
      state.maxExpAvgSq = v;
    }
    const stepSize = lr / (1 - beta1 ** state.step);
    const denominator = v
      .sqrt()
      .div(Math.sqrt(1 - beta2 ** state.step))
      .add(eps);
    p.sub_(state.expAvg.mul(stepSize).div(denominator));
  }
}
