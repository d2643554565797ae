import { ValueError } from "@kindling/core";
import {
  checkOptions,
  pythonRepr,
  pythonType,
  redirectPythonNames,
  refuseJson,
  StateReader,
  surplusArguments,
  warn,
} from "@kindling/core/extend";
import { isNotSaved } from "../loading/not-saved.ts";
import { isOptimizer, type Optimizer } from "../optimizer.ts";
import { checkRules, type OptionRules } from "../option-rules.ts";
import { toWire } from "../wire-names.ts";

export interface LRSchedulerOptions {
  /** The last epoch that was run, when training is resumed. Default: -1. */
  readonly lastEpoch?: number;
}

/** The form of PyTorch's `scheduler.state_dict()`: settings and counters in snake_case. */
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
  /** Which values the settings take: see `OptionRule`. Without a rule, those of the same kind as the scheduler was made with. */
  static readonly settingRules: OptionRules = {};

  readonly optimizer: Scheduled;
  /** The scheduler's arguments; saved with its state. */
  readonly settings: Settings;
  /** The learning rate of each group before any scheduler changed it. */
  baseLrs: number[];
  lastEpoch: number;
  #stepCount = 0;
  #lastLr: number[] = [];

  constructor(optimizer: Scheduled, settings: Settings, options: LRSchedulerOptions = {}) {
    const op = new.target.name;
    checkOptions(op, options, ["lastEpoch"], `${op}.__init__()`);
    const { lastEpoch = -1 } = options;
    if (!isOptimizer(optimizer)) {
      throw new ValueError(op, `${pythonType(optimizer)} is not an Optimizer`, "", `Write new ${op}(optimizer, ...).`);
    }
    checkRules(op, settings, new.target.settingRules);
    this.optimizer = optimizer;
    this.settings = settings;
    this.lastEpoch = lastEpoch;
    this.baseLrs = optimizer.paramGroups.map((group, i) => {
      if (lastEpoch === -1) group.initialLr ??= group.lr;
      if (group.initialLr !== undefined) return group.initialLr;
      const rule = `param 'initial_lr' is not specified in param_groups[${i}] when resuming scheduler with last_epoch >= 0.`;
      throw new ValueError(op, rule, "", "Load the optimizer's state dict first; for a new run omit lastEpoch.");
    });
    this.step();
  }

  /** The learning rates of the groups in epoch `lastEpoch`. */
  protected abstract getLr(): number[];

  /** Goes on to the next epoch. */
  step(): void {
    if (arguments.length > 0) throw surplusArguments("LRScheduler.step()", arguments.length);
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
  getLastLr(): [number, ...number[]] {
    if (arguments.length > 0) throw surplusArguments("LRScheduler.getLastLr()", arguments.length);
    return [...this.#lastLr] as [number, ...number[]];
  }

  /** @throws ArgumentTypeError always: its state is what `stateDict` gives. */
  toJSON(): never {
    return refuseJson(this, "JSON.stringify(scheduler.stateDict())");
  }

  /** Everything but the optimizer, as PyTorch saves it. */
  stateDict(): LRSchedulerStateDict {
    if (arguments.length > 0) throw surplusArguments("LRScheduler.stateDict()", arguments.length);
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

  /**
   * Takes over what `stateDict` gave, here or in PyTorch. The optimizer's learning rates come with the optimizer's own state dict.
   *
   * @throws ValueError naming the key that is missing or wrong; the scheduler is then as it was.
   */
  loadStateDict(stateDict: LRSchedulerStateDict): void {
    if (arguments.length > 1) throw surplusArguments("LRScheduler.loadStateDict(stateDict)", arguments.length);
    const saved = new StateReader(`${this.constructor.name}.loadStateDict`, stateDict);
    const baseLrs = saved.numbers("base_lrs", { length: this.baseLrs.length });
    const lastEpoch = saved.number("last_epoch", { min: -1, integer: true });
    const stepCount = saved.count("_step_count");
    const lastLr = saved.numbers("_last_lr");
    if (lastLr.length === 0 || lastLr.length > this.optimizer.paramGroups.length) {
      throw saved.broken(
        "_last_lr",
        `it has ${lastLr.length} rates, the optimizer ${this.optimizer.paramGroups.length} groups`,
      );
    }
    // PyTorch has had them since 1.4 and 2.6; nothing here depends on them.
    for (const flag of ["_is_initial", "_get_lr_called_within_step"]) if (saved.has(flag)) saved.boolean(flag);
    const settings = Object.entries(this.settings).map(([name, own]) => [name, this.#readSetting(saved, name, own)]);
    this.baseLrs = [...baseLrs];
    this.lastEpoch = lastEpoch;
    this.#stepCount = stepCount;
    this.#lastLr = [...lastLr];
    Object.assign(this.settings, Object.fromEntries(settings));
  }

  /** `StepLR(step_size=1, gamma=0.1, last_epoch=0)` */
  toString(): string {
    const shown = Object.entries({ ...this.settings, lastEpoch: this.lastEpoch }).map(
      ([name, value]) => `${toWire(name)}=${typeof value === "function" ? "<function>" : pythonRepr(value)}`,
    );
    return `${this.constructor.name}(${shown.join(", ")})`;
  }

  #readSetting(saved: StateReader, name: string, own: unknown): unknown {
    const key = toWire(name);
    if (!saved.has(key) && isNotSaved(own)) return own;
    const rule = (this.constructor as typeof LRScheduler).settingRules[name];
    if (rule === undefined) return saved.like(key, own);
    const broken = rule(saved.value(key));
    if (broken !== null) throw saved.broken(key, broken.rule, broken.wayOut);
    return saved.value(key);
  }
}

redirectPythonNames(
  LRScheduler.prototype,
  "LRScheduler",
  {},
  { base_lrs: "scheduler.baseLrs", last_epoch: "scheduler.lastEpoch" },
);
