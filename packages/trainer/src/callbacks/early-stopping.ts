import { KindlingError } from "@kindling/core";
import { checkOptions, StateReader, surplusArguments } from "@kindling/core/extend";
import type { State } from "../state/pack.ts";
import type { Callback, Trainer } from "../trainer.ts";
import { checkMode, isBetter, type Mode, measuredAs, WORST } from "./monitor.ts";

export interface EarlyStoppingOptions {
  /** A column of the history. Default: `valLoss`. */
  readonly monitor?: string;
  /** How much better a number must be to count as better. Default: 0. */
  readonly minDelta?: number;
  /** Epochs without a better one before it stops. Default: 3. */
  readonly patience?: number;
  /** Whether the number is to fall or to rise. Default: "min". */
  readonly mode?: Mode;
  /** Whether a missing `monitor` is an error. Default: true. */
  readonly strict?: boolean;
  /** Stop when the number is NaN or infinite. Default: true. */
  readonly checkFinite?: boolean;
  /** Stop as soon as the number is better than this. */
  readonly stoppingThreshold?: number;
  /** Stop as soon as the number is worse than this. */
  readonly divergenceThreshold?: number;
  /** Say what was found. Default: false. */
  readonly verbose?: boolean;
  /** Where `verbose` says it. Default: `console.log`. */
  readonly print?: (message: string) => void;
}

const OPTIONS = [
  "monitor",
  "minDelta",
  "patience",
  "verbose",
  "mode",
  "strict",
  "checkFinite",
  "stoppingThreshold",
  "divergenceThreshold",
  "print",
];

const SIGN = { min: "<", max: ">" } as const;

/**
 * Ends the training when a number has stopped getting better.
 *
 * Rules and messages are those of https://lightning.ai/docs/pytorch/stable/api/lightning.pytorch.callbacks.EarlyStopping.html,
 * looked at after every epoch.
 */
export class EarlyStopping implements Callback {
  readonly name = "EarlyStopping";
  bestScore: number;
  /** Epochs since the best one. */
  waitCount = 0;
  /** The epoch after which it stopped; 0 before. */
  stoppedEpoch = 0;
  /** The last finding, in words. */
  reason: string | null = null;

  readonly #options: EarlyStoppingOptions;
  readonly #monitor: string;
  readonly #mode: Mode;

  constructor(options: EarlyStoppingOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new EarlyStopping(options?)", arguments.length);
    checkOptions("EarlyStopping", options, OPTIONS, "EarlyStopping.__init__()");
    this.#options = options;
    this.#monitor = options.monitor ?? "valLoss";
    this.#mode = options.mode ?? "min";
    checkMode("EarlyStopping", this.#mode);
    this.bestScore = WORST[this.#mode];
  }

  onEpochEnd(trainer: Trainer): void {
    const current = this.#current(trainer);
    if (current === undefined) return;
    if (this.#stops(current)) {
      trainer.shouldStop = true;
      this.stoppedEpoch = trainer.epoch;
    }
    if (this.reason !== null && this.#options.verbose === true) (this.#options.print ?? console.log)(this.reason);
  }

  stateDict(): State {
    if (arguments.length > 0) throw surplusArguments("EarlyStopping.stateDict()", arguments.length);
    const { bestScore, waitCount, stoppedEpoch } = this;
    return { bestScore, waitCount, stoppedEpoch, patience: this.#patience };
  }

  loadStateDict(state: State): void {
    if (arguments.length > 1) throw surplusArguments("EarlyStopping.loadStateDict(state)", arguments.length);
    const saved = new StateReader("EarlyStopping.loadStateDict", state);
    const [waitCount, stoppedEpoch] = [saved.count("waitCount"), saved.count("stoppedEpoch")];
    saved.count("patience"); // the saved run's; this one's own holds
    this.bestScore = saved.number("bestScore");
    this.waitCount = waitCount;
    this.stoppedEpoch = stoppedEpoch;
  }

  get #patience(): number {
    return this.#options.patience ?? 3;
  }

  /** Whether to stop; `reason` says why, or what got better. */
  #stops(current: number): boolean {
    const monitor = this.#monitor;
    const mode = this.#mode;
    const { checkFinite = true, stoppingThreshold, divergenceThreshold } = this.#options;
    const minDelta = (this.#options.minDelta ?? 0) * (mode === "max" ? 1 : -1);
    const best = this.bestScore.toFixed(3);
    this.reason = null;
    if (checkFinite && !Number.isFinite(current)) {
      this.reason = `Monitored metric ${monitor} = ${said(current)} is not finite. Previous best value was ${best}. Signaling Trainer to stop.`;
      return true;
    }
    if (stoppingThreshold !== undefined && isBetter(mode, current, stoppingThreshold)) {
      this.reason = `Stopping threshold reached: ${monitor} = ${said(current)} ${SIGN[mode]} ${stoppingThreshold}. Signaling Trainer to stop.`;
      return true;
    }
    if (divergenceThreshold !== undefined && isBetter(mode, -current, -divergenceThreshold)) {
      this.reason = `Divergence threshold reached: ${monitor} = ${said(current)} ${SIGN[mode]} ${divergenceThreshold}. Signaling Trainer to stop.`;
      return true;
    }
    if (isBetter(mode, current - minDelta, this.bestScore)) {
      const by = Math.abs(this.bestScore - current);
      this.reason = Number.isFinite(this.bestScore)
        ? `Metric ${monitor} improved by ${by.toFixed(3)} >= min_delta = ${Math.abs(minDelta)}. New best score: ${current.toFixed(3)}`
        : `Metric ${monitor} improved. New best score: ${current.toFixed(3)}`;
      this.bestScore = current;
      this.waitCount = 0;
      return false;
    }
    this.waitCount += 1;
    if (this.waitCount < this.#patience) return false;
    this.reason = `Monitored metric ${monitor} did not improve in the last ${this.waitCount} records. Best score: ${best}. Signaling Trainer to stop.`;
    return true;
  }

  /** The monitored number of this epoch; undefined where it was not measured, and need not be. */
  #current({ measured }: Trainer): number | undefined {
    const current = measuredAs(this.#monitor, measured);
    if (current !== undefined || this.#options.strict === false) return current;
    const names = Object.keys(measured).map((name) => `\`${name}\``);
    throw new KindlingError(
      "EarlyStopping",
      `Early stopping conditioned on metric \`${this.#monitor}\` which is not available. Pass in or modify your ` +
        `\`EarlyStopping\` callback to use any of the following: ${names.join(", ")}`,
    );
  }
}

/** As Python prints it. */
function said(x: number): string {
  if (Number.isNaN(x)) return "nan";
  return String(x).replace("Infinity", "inf");
}
