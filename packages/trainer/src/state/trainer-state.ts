import { Generator, type Tensor, ValueError } from "@kindling/core";
import { StateReader } from "@kindling/core/extend";
import type { MetricState } from "@kindling/metrics";
import { History } from "../history.ts";
import type { LoaderState } from "../parts.ts";
import type { Evaluation } from "../pass-metrics.ts";
import type { GeneratorStates } from "./generators.ts";
import type { State } from "./pack.ts";

/**
 * Everything that a training goes on from: loaded into a trainer made the same way, it continues bit for bit as if it had
 * never stopped. `trainer.saveCheckpoint()` writes it as one safetensors file.
 */
export type TrainerState = {
  readonly version: number;
  /** Epochs done. */
  readonly epoch: number;
  readonly shouldStop: boolean;
  /** As CSV: it keeps every number in full. */
  readonly history: string;
  readonly model: Readonly<Record<string, Tensor>>;
  readonly optimizer: State;
  readonly scheduler: State;
  readonly generators: GeneratorStates;
  /** By the callback's name; `#2` and so on where there are several of that name. */
  readonly callbacks: { readonly [name: string]: State };
  /** An epoch that was begun and not finished. */
  readonly unfinished: UnfinishedEpoch | null;
};

/** Where an epoch was left. Its batches are drawn again from `start` and skipped up to there; then it goes on from `now`. */
export type UnfinishedEpoch = {
  /** Batches done. */
  readonly batches: number;
  /** The values measured over them. */
  readonly metrics: { readonly [name: string]: MetricState };
  /** The results of training when all batches are done and validation is next; else null. */
  readonly trained: Evaluation | null;
  readonly start: GeneratorStates;
  readonly now: GeneratorStates;
};

/** Raised when a state can no longer be read by older trainers. */
export const STATE_VERSION = 1;

/**
 * The trainer's own part of a state, checked; model, optimizer, scheduler, callbacks and metrics check theirs.
 *
 * @throws ValueError for anything but the state of a trainer of this version, naming the key that is wrong
 */
export function readTrainerState(op: string, value: unknown): TrainerState {
  const saved = new StateReader(op, value);
  checkVersion(op, saved);
  const history = saved.string("history");
  const epochs = saved.within("history", () => History.fromCsv(history)).length;
  const epoch = saved.count("epoch");
  if (epoch !== epochs) throw saved.broken("epoch", `it is ${epoch}, and the history has ${epochs} epochs`);
  const generators = readGeneratorStates(saved, "generators");
  for (const part of ["model", "optimizer", "callbacks"]) saved.object(part);
  const scheduler = saved.value("scheduler");
  if (scheduler !== null) saved.object("scheduler");
  const unfinished = saved.value("unfinished") === null ? null : readUnfinished(saved.object("unfinished"));
  return {
    version: STATE_VERSION,
    epoch,
    shouldStop: saved.boolean("shouldStop"),
    history,
    model: saved.value("model") as TrainerState["model"],
    optimizer: saved.value("optimizer") as State,
    scheduler: scheduler as State,
    generators,
    callbacks: saved.value("callbacks") as TrainerState["callbacks"],
    unfinished,
  };
}

function readUnfinished(saved: StateReader): UnfinishedEpoch {
  saved.object("metrics");
  return {
    batches: saved.count("batches"),
    metrics: saved.value("metrics") as UnfinishedEpoch["metrics"],
    trained: saved.value("trained") === null ? null : readEvaluation(saved.object("trained")),
    start: readGeneratorStates(saved, "start"),
    now: readGeneratorStates(saved, "now"),
  };
}

function readEvaluation(saved: StateReader): Evaluation {
  const values = saved.keys().map((key): [string, number] => [key, saved.number(key, { nan: true })]);
  return { loss: saved.number("loss", { nan: true }), ...Object.fromEntries(values) };
}

/** The states of the default generator and of the loaders'; which generators those have, they know themselves. */
function readGeneratorStates(saved: StateReader, key: string): GeneratorStates {
  const states = saved.object(key);
  const bytes = states.bytes("default");
  states.within("default", () => new Generator().setState(bytes));
  return { default: bytes, train: readLoaderState(states.object("train")), val: readLoaderState(states.object("val")) };
}

function readLoaderState(saved: StateReader): LoaderState {
  return Object.fromEntries(saved.keys().map((key): [string, Uint8Array] => [key, saved.bytes(key)]));
}

function checkVersion(op: string, saved: StateReader): void {
  const version = saved.has("version") ? saved.value("version") : undefined;
  if (version === STATE_VERSION) return;
  throw new ValueError(
    op,
    version === undefined
      ? "this is not the state of a trainer"
      : `the state is of version ${typeof version === "number" ? version : "unknown"}, not ${STATE_VERSION}`,
    version === undefined ? "it has no version" : "",
    version === undefined
      ? "Weights alone are loaded by model.loadStateDict."
      : "Resume with the version of Kindling that saved it.",
  );
}
