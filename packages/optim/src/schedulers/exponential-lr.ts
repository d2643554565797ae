import { surplusArguments } from "@kindling/core/extend";
import type { Optimizer } from "../optimizer.ts";
import { notNegative, type OptionRules } from "../option-rules.ts";
import { withDefaults } from "../options.ts";
import { LRScheduler, type LRSchedulerOptions } from "./lr-scheduler.ts";

/**
 * Multiplies the learning rates by `gamma` every epoch.
 *
 * @throws ValueError `Invalid gamma: -1`
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
 * @example
 * ```ts
 * new ExponentialLR(optimizer, 0.95);
 * ```
 */
export class ExponentialLR extends LRScheduler<{ gamma: number }> {
  static override readonly settingRules: OptionRules = { gamma: notNegative("gamma") };

  constructor(optimizer: Optimizer<{ lr: number }>, gamma: number, options: LRSchedulerOptions = {}) {
    if (arguments.length > 3) throw surplusArguments("new ExponentialLR(optimizer, gamma, options?)", arguments.length);
    const { lastEpoch } = withDefaults("ExponentialLR", options, { lastEpoch: -1 });
    super(optimizer, { gamma }, { lastEpoch });
  }

  protected override getLr(): number[] {
    const factor = this.lastEpoch === 0 ? 1 : this.settings.gamma;
    return this.optimizer.paramGroups.map(({ lr }) => lr * factor);
  }
}
