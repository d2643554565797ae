import { KindlingError } from "@kindling/core";
import { checkFileName, checkOptions, StateReader, surplusArguments } from "@kindling/core/extend";
import type { Write } from "../callback.ts";
import type { State } from "../state/pack.ts";
import type { Callback, Trainer } from "../trainer.ts";
import { checkMode, isBetter, type Mode, measuredAs, WORST } from "./monitor.ts";

export interface ModelCheckpointOptions {
  readonly write: Write;
  /** Name of the file, without `.safetensors`: a plain one, folders are for `write` to choose. Default: `best`. */
  readonly filename?: string;
  /** A column of the history; null: every epoch is the best so far. Default: `valLoss`. */
  readonly monitor?: string | null;
  /** Whether the number is to fall or to rise. Default: "min". */
  readonly mode?: Mode;
  /** Write `last.safetensors` after every epoch too. Default: false. */
  readonly saveLast?: boolean;
  /** Write the weights alone, not the whole training. Default: false. */
  readonly saveWeightsOnly?: boolean;
}

const OPTIONS = ["write", "filename", "monitor", "mode", "saveLast", "saveWeightsOnly"];

/** Keeps the best epoch so far, as a file that `trainer.loadCheckpoint` (or, weights alone, any reader of safetensors) takes. */
export class ModelCheckpoint implements Callback {
  readonly name = "ModelCheckpoint";
  bestScore: number;
  /** The file of the best epoch; null before the first. */
  bestModelPath: string | null = null;
  /** The epoch that it holds. */
  bestEpoch = 0;

  readonly #options: ModelCheckpointOptions;
  readonly #mode: Mode;

  constructor(options: ModelCheckpointOptions) {
    if (arguments.length > 1) throw surplusArguments("new ModelCheckpoint(options)", arguments.length);
    checkOptions("ModelCheckpoint", options, OPTIONS, "ModelCheckpoint.__init__()");
    const { filename } = options;
    if (filename !== undefined) checkFileName("ModelCheckpoint", "filename", filename);
    this.#options = options;
    this.#mode = options.mode ?? "min";
    checkMode("ModelCheckpoint", this.#mode);
    this.bestScore = WORST[this.#mode];
  }

  async onEpochEnd(trainer: Trainer): Promise<void> {
    const { write, filename = "best", saveLast = false } = this.#options;
    const best = this.#isBest(trainer);
    if (best) {
      this.bestModelPath = `${filename}.safetensors`;
      this.bestEpoch = trainer.epoch;
    }
    if (!best && !saveLast) return;
    const bytes = await (this.#options.saveWeightsOnly === true ? trainer.saveWeights() : trainer.saveCheckpoint());
    if (best) await write(`${filename}.safetensors`, bytes);
    if (saveLast) await write("last.safetensors", bytes);
  }

  stateDict(): State {
    if (arguments.length > 0) throw surplusArguments("ModelCheckpoint.stateDict()", arguments.length);
    const { bestScore, bestModelPath, bestEpoch } = this;
    return { bestScore, bestModelPath, bestEpoch };
  }

  loadStateDict(state: State): void {
    if (arguments.length > 1) throw surplusArguments("ModelCheckpoint.loadStateDict(state)", arguments.length);
    const saved = new StateReader("ModelCheckpoint.loadStateDict", state);
    const [bestScore, bestEpoch] = [saved.number("bestScore"), saved.count("bestEpoch")];
    const path = saved.value("bestModelPath") === null ? null : saved.string("bestModelPath");
    if ((path === null) !== (bestEpoch === 0)) {
      throw saved.broken("bestModelPath", `it is ${path}, and the best epoch ${bestEpoch}`);
    }
    if (path !== null) checkFileName("ModelCheckpoint.loadStateDict", "bestModelPath", path); // programs join it to a folder
    this.bestModelPath = path;
    this.bestScore = bestScore;
    this.bestEpoch = bestEpoch;
  }

  /** Whether this epoch is the best so far; remembers its number. */
  #isBest({ measured }: Trainer): boolean {
    const { monitor = "valLoss" } = this.#options;
    if (monitor === null) return true;
    const current = measuredAs(monitor, measured);
    if (current === undefined) {
      const names = Object.keys(measured).map((name) => `'${name}'`);
      throw new KindlingError(
        "ModelCheckpoint",
        `\`ModelCheckpoint(monitor='${monitor}')\` could not find the monitored key in the returned metrics: [${names.join(", ")}]`,
        "",
        "Monitor one of these, or pass a validation loader to fit.",
      );
    }
    if (!isBetter(this.#mode, current, this.bestScore)) return false;
    this.bestScore = current;
    return true;
  }
}
