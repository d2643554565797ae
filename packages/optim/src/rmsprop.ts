import { type Tensor, zerosLike } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import type { Given } from "./live-rate.ts";
import { Optimizer } from "./optimizer.ts";
import { notNegative, type OptionRules } from "./option-rules.ts";
import { withDefaults } from "./options.ts";
import type { ParamGroup, Params } from "./param-group.ts";

export interface RMSpropOptions {
  /** Learning rate: a number, or as it is given a tensor of one element. Default: 1e-2. */
  lr: number;
  /** How much of the last direction is kept. Default: 0. */
  momentum: number;
  /** How much of the running mean of squared gradients is kept. Default: 0.99. */
  alpha: number;
  /** Added to the root. Default: 1e-8. */
  eps: number;
  /** Divide by an estimate of the standard deviation: subtract the squared running mean of gradients. Default: false. */
  centered: boolean;
  /** Adds `weightDecay * p` to the gradient. Default: 0. */
  weightDecay: number;
  /** Climb instead. Default: false. */
  maximize: boolean;
}

type RMSpropState = {
  step: number;
  squareAvg: Tensor;
  momentumBuffer: Tensor | undefined;
  gradAvg: Tensor | undefined;
};

/**
 * RMSprop: `v = α v + (1 - α) g²`, `p -= lr g / (sqrt(v) + eps)` (Hinton's lectures, 2012). Centered, it subtracts m² from v below the
 * root, with `m = α m + (1 - α) g` (Graves 2013). With momentum μ, `b = μ b + g / (sqrt(v) + eps)` and `p -= lr b`.
 *
 * PyTorch multiplies and adds in one rounding, this in two. Centered, the difference of v and m² magnifies that where gradients hardly change.
 *
 * @throws ValueError `Invalid alpha value: -1`
 * @see https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
 * @example
 * ```ts
 * new RMSprop(net.parameters(), { lr: 1e-3, momentum: 0.9 });
 * ```
 */
export class RMSprop extends Optimizer<RMSpropOptions, RMSpropState> {
  static override readonly inert = { capturable: false, foreach: null, differentiable: false };
  static override readonly optionRules: OptionRules = {
    lr: notNegative("learning rate"),
    eps: notNegative("epsilon value"),
    momentum: notNegative("momentum value"),
    weightDecay: notNegative("weight_decay value"),
    alpha: notNegative("alpha value"),
  };
  static override readonly olderDefaults = { momentum: 0, centered: false, maximize: false };

  constructor(params: Params<RMSpropOptions>, options: Given<RMSpropOptions> = {}) {
    if (arguments.length > 2) throw surplusArguments("new RMSprop(params, options?)", arguments.length);
    const defaults = {
      lr: 1e-2,
      momentum: 0,
      alpha: 0.99,
      eps: 1e-8,
      centered: false,
      weightDecay: 0,
      maximize: false,
    };
    const all = withDefaults<RMSpropOptions>("RMSprop", options, defaults);
    super(params, all);
  }

  protected override init(p: Tensor, { momentum, centered }: ParamGroup<RMSpropOptions>): RMSpropState {
    return {
      step: 0,
      squareAvg: zerosLike(p),
      momentumBuffer: momentum > 0 ? zerosLike(p) : undefined,
      gradAvg: centered ? zerosLike(p) : undefined,
    };
  }

  protected override update(p: Tensor, grad: Tensor, state: RMSpropState, group: ParamGroup<RMSpropOptions>): void {
    const { lr, momentum, alpha, eps, centered, weightDecay, maximize } = group;
    state.step += 1;
    const ascent = maximize ? grad.neg() : grad;
    const g = weightDecay === 0 ? ascent : ascent.add(p, { alpha: weightDecay });
    const variance = this.#variance(g, state, alpha, centered);
    const direction = g.div(variance.sqrt().add(eps));
    if (momentum === 0) {
      p.sub_(direction, { alpha: lr });
      return;
    }
    // Switched on later, it begins with zeros.
    state.momentumBuffer ??= zerosLike(p);
    state.momentumBuffer.mul_(momentum).add_(direction);
    p.sub_(state.momentumBuffer, { alpha: lr });
  }

  /** The running mean of squares, less the square of the running mean where centered. */
  #variance(g: Tensor, state: RMSpropState, alpha: number, centered: boolean): Tensor {
    state.squareAvg.mul_(alpha).add_(g.square(), { alpha: 1 - alpha });
    if (!centered) return state.squareAvg;
    state.gradAvg ??= zerosLike(g);
    state.gradAvg.add_(g.sub(state.gradAvg), { alpha: 1 - alpha }); // torch.lerp_
    return state.squareAvg.sub(state.gradAvg.square());
  }
}
