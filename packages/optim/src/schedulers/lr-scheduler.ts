import { pythonType, ValueError, warn } from "@kindling/core";
import { isOptimizer, type Optimizer } from "../optimizer.ts";
import { fromWire, toWire } from "../wire-names.ts";

export interface LRSchedulerOptions {
  /** The last epoch that was run, when training is resumed. Default: -1. */
  readonly lastEpoch?: number;
}

/** What PyTorch's `scheduler.state_dict()` is: settings and counters in snake_case. */
export type LRSchedulerStateDict = Readonly<Record<string, unknown>>;

/** A scheduler needs learning rates and no more. */
type Scheduled = Optimizer<{ lr: number }>;

/**
 * The base of what changes learning rates from epoch to epoch. A subclass keeps its settings in `settings` and writes `getLr`. The
 * constructor takes step 0; call `step()` after each epoch, after the optimizer's.
 *
 * @see https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate
 */
export abstract class LRScheduler<Settings extends object = object> {
  readonly optimizer: Scheduled;
  /** What the scheduler was made with; saved with its state. */
  readonly settings: Settings;
  /** The learning rate of each group before any scheduler changed it. */
  baseLrs: number[];
  lastEpoch: number;
  #stepCount = 0;
  #lastLr: number[] = [];

  constructor(optimizer: Scheduled, settings: Settings, { lastEpoch = -1 }: LRSchedulerOptions = {}) {
    const op = new.target.name;
    if (!isOptimizer(optimizer)) {
      throw new ValueError(op, `${pythonType(optimizer)} is not an Optimizer`, "", `Write new ${op}(optimizer, ...).`);
    }
    this.optimizer = optimizer;
    this.settings = settings;
    this.lastEpoch = lastEpoch;
    this.baseLrs = optimizer.paramGroups.map((group, i) => {
      if (lastEpoch === -1) group.initialLr ??= group.lr;
      if (group.initialLr !== undefined) return group.initialLr;
      const rule = `param 'initial_lr' is not specified in param_groups[${i}] when resuming scheduler with last_epoch >= 0.`;
      throw new ValueError(op, rule, "", "Load the optimizer's state dict first; for a new run leave lastEpoch away.");
    });
    this.step();
  }

  /** The learning rates of the groups in epoch `lastEpoch`. */
  protected abstract getLr(): number[];

  /** Goes on to the next epoch. */
  step(): void {
    if (this.#stepCount === 1 && this.optimizer.stepCount === 0) {
      warn(
        "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you should call them in the opposite order: `optimizer.step()` before `lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first value of the learning rate schedule. See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate",
      );
    }
    this.#stepCount += 1;
    this.lastEpoch += 1;
    const rates = this.getLr();
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = rates[i] as number;
    });
    this.#lastLr = [...rates];
  }

  /** The learning rates that the last step set, one a group. */
  getLastLr(): number[] {
    return [...this.#lastLr];
  }

  /** Everything but the optimizer, as PyTorch saves it. */
  stateDict(): LRSchedulerStateDict {
    const settings = Object.entries(this.settings).map(([name, value]) => [toWire(name), value]);
    return {
      ...Object.fromEntries(settings),
      base_lrs: [...this.baseLrs],
      last_epoch: this.lastEpoch,
      _step_count: this.#stepCount,
      _is_initial: false,
      _get_lr_called_within_step: false,
      _last_lr: [...this.#lastLr],
    };
  }

  /** Takes over what `stateDict` gave, here or in PyTorch. The optimizer's learning rates come with the optimizer's own state dict. */
  loadStateDict(stateDict: LRSchedulerStateDict): void {
    const { base_lrs, last_epoch, _step_count, _last_lr, _is_initial, _get_lr_called_within_step, ...settings } =
      stateDict;
    this.baseLrs = [...(base_lrs as number[])];
    this.lastEpoch = last_epoch as number;
    this.#stepCount = _step_count as number;
    this.#lastLr = [...(_last_lr as number[])];
    const known = Object.entries(settings).filter(([name]) => Object.hasOwn(this.settings, fromWire(name)));
    Object.assign(this.settings, Object.fromEntries(known.map(([name, value]) => [fromWire(name), value])));
  }
}
