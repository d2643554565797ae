import process from "node:process";
import type { Device } from "@kindling/core";
import type { Module } from "@kindling/nn";
import { type DigitSets, type Ingredients, makeIngredients, makeTrainer } from "@kindling/recipes";
import type { TqdmOptions } from "@kindling/tqdm";
import {
  CsvLogger,
  ModelCheckpoint,
  ProgressBar,
  readCheckpoint,
  TerminateOnNaN,
  type Trainer,
} from "@kindling/trainer";
import { EpochReporter } from "./epoch-reporter.ts";
import { formatConfig, type RunConfig } from "./run-config.ts";
import type { RunFolder } from "./run-folder.ts";

export interface RunTrainingOptions {
  readonly config: RunConfig;
  readonly device: Device;
  readonly sets: DigitSets;
  readonly folder: RunFolder;
  readonly signal: AbortSignal;
  /** Takes the epoch's line. */
  readonly print: (line: string) => void;
  /** See `EpochReporter`. */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** Whether a loss that is NaN or infinite ends the training. Default: false. */
  readonly stopOnNan?: boolean;
  /** What `checkpoint.safetensors` of an earlier part of this run held. */
  readonly checkpoint?: Uint8Array;
  /** Shown the network before it goes to the device. */
  readonly onNet?: (ingredients: Ingredients) => void;
}

/** A training that is over, and its network, for the caller to use and to dispose of. */
export interface Trained {
  readonly trainer: Trainer;
  readonly net: Module;
  /** Why `stopOnNan` ended it; null where it did not. */
  readonly invalid: string | null;
}

/** Trains as `config` says, keeping the run in its folder after every epoch: killed at any moment, it can be resumed. */
export async function runTraining(options: RunTrainingOptions): Promise<Trained> {
  const { config, folder, signal } = options;
  const { checkpoint } = options;
  const state = checkpoint === undefined ? undefined : resuming(folder, () => readCheckpoint(checkpoint));
  const ingredients =
    state === undefined
      ? makeIngredients(config, options.sets)
      : resuming(folder, () => makeIngredients(config, options.sets, { weights: state.model }));
  options.onNet?.(ingredients);
  const { write } = folder;
  const guard = new TerminateOnNaN();
  const trainer = makeTrainer(config, ingredients, {
    device: options.device,
    callbacks: [
      new ProgressBar(barOptions()),
      ...(options.stopOnNan === true ? [guard] : []),
      new CsvLogger({ write }),
      // The last epoch whose loss was a number stays.
      new ModelCheckpoint({
        write: (name, bytes) => (guard.reason === null ? write(name, bytes) : undefined),
        filename: "checkpoint",
        monitor: null,
      }),
      // Last: an epoch that was told is an epoch that is kept.
      new EpochReporter(options.print, options.json),
    ],
  });
  if (state !== undefined) resuming(folder, () => trainer.loadStateDict(state));
  await write("config.json", formatConfig(config));
  if (state === undefined) await write("checkpoint.safetensors", await trainer.saveCheckpoint());
  await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs: config.epochs, signal });
  await keep(trainer, options, guard.reason === null);
  return { trainer, net: ingredients.net, invalid: guard.reason };
}

/** Does something with the checkpoint of a run; an error names its file. */
function resuming<T>(folder: RunFolder, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`could not resume ${folder}/checkpoint.safetensors: ${(error as Error).message}`, { cause: error });
  }
}

/** What a run leaves: what was learned, unless that is NaN, and how. */
async function keep(trainer: Trainer, { config, folder }: RunTrainingOptions, valid: boolean): Promise<void> {
  const { historySvg } = await import("../plot/history-svg.ts");
  const { dataset, model } = config;
  const facts = { dataset, model, ...(config.model === "mlp" && { activation: config.activation }) };
  if (valid) {
    await folder.write("model.safetensors", await trainer.saveWeights(facts));
    await folder.write("checkpoint.safetensors", await trainer.saveCheckpoint());
  }
  await folder.write("history.csv", trainer.history.toCsv());
  await folder.write("history.svg", historySvg(trainer.history, dataset));
}

/** A log file needs no redrawing ten times a second, unless somebody asks for it. */
function barOptions(): TqdmOptions {
  return process.stderr.isTTY || process.env.TQDM_MININTERVAL !== undefined ? {} : { mininterval: 10, maxinterval: 60 };
}
