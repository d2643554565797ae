import { ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import type { Optimizer } from "../optimizer.ts";
import { notNegative, type OptionRules, positiveInteger } from "../option-rules.ts";
import { withDefaults } from "../options.ts";
import { LRScheduler, type LRSchedulerOptions } from "./lr-scheduler.ts";

export interface StepLROptions extends LRSchedulerOptions {
  /** Default: 0.1. */
  readonly gamma?: number;
}

/**
 * Multiplies the learning rates by `gamma` every `stepSize` epochs.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
 */
export class StepLR extends LRScheduler<{ stepSize: number; gamma: number }> {
  static override readonly settingRules: OptionRules = {
    stepSize: positiveInteger("step_size"),
    gamma: notNegative("gamma"),
  };

  constructor(optimizer: Optimizer<{ lr: number }>, stepSize: number, options: StepLROptions = {}) {
    if (arguments.length > 3) throw surplusArguments("new StepLR(optimizer, stepSize, options?)", arguments.length);
    refuseNamed(stepSize);
    const { gamma, lastEpoch } = withDefaults("StepLR", options, { gamma: 0.1, lastEpoch: -1 });
    super(optimizer, { stepSize, gamma }, { lastEpoch });
  }

  protected override getLr(): number[] {
    const { stepSize, gamma } = this.settings;
    const decays = this.lastEpoch !== 0 && this.lastEpoch % stepSize === 0;
    return this.optimizer.paramGroups.map(({ lr }) => (decays ? lr * gamma : lr));
  }
}

/** Refuses `new StepLR(optimizer, { stepSize: 3, gamma: 0.5 })`, which is `new StepLR(optimizer, 3, { gamma: 0.5 })`. */
function refuseNamed(stepSize: unknown): void {
  if (typeof stepSize !== "object" || stepSize === null) return;
  const named = stepSize as Readonly<Record<string, unknown>>;
  const size = named.stepSize ?? named.step_size;
  const shown = Number.isInteger(size) ? String(size) : "stepSize";
  const options = typeof named.gamma === "number" ? `, { gamma: ${named.gamma} }` : "";
  const wayOut = `stepSize is an argument of its own: new StepLR(optimizer, ${shown}${options}).`;
  throw new ValueError("StepLR", "Invalid step_size: an object", "", wayOut);
}
