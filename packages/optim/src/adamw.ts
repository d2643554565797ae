import { surplusArguments } from "@kindling/core/extend";
import { ADAM_DEFAULTS, Adam, type AdamOptions } from "./adam.ts";
import type { Given } from "./live-rate.ts";
import { withDefaults } from "./options.ts";
import type { Params } from "./param-group.ts";

export type AdamWOptions = Omit<AdamOptions, "decoupledWeightDecay">;

/**
 * Adam with decoupled weight decay: `p *= 1 - lr weightDecay` before the step (Loshchilov, Hutter 2019).
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
 */
export class AdamW extends Adam {
  static override readonly olderDefaults = { amsgrad: false, maximize: false, decoupledWeightDecay: true };

  constructor(params: Params<AdamOptions>, options: Given<AdamWOptions> = {}) {
    if (arguments.length > 2) throw surplusArguments("new AdamW(params, options?)", arguments.length);
    const { decoupledWeightDecay: _, ...defaults } = ADAM_DEFAULTS;
    const all = withDefaults<AdamWOptions>("AdamW", options, { ...defaults, weightDecay: 1e-2 });
    super(params, Object.assign(all, { decoupledWeightDecay: true }));
  }
}
