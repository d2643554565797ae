import { type Tensor, ValueError } from "@kindling/core";
import type { MetricState } from "@kindling/metrics";
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
  /** What was measured over them. */
  readonly metrics: { readonly [name: string]: MetricState };
  /** What training came to, when all batches are done and validation is to begin; else null. */
  readonly trained: Evaluation | null;
  readonly start: GeneratorStates;
  readonly now: GeneratorStates;
};

/** Raised when a state can no longer be read by older trainers. */
export const STATE_VERSION = 1;

/** @throws ValueError for anything but the state of a trainer of this version */
export function checkVersion({ version }: Partial<TrainerState>): void {
  if (version === STATE_VERSION) return;
  throw new ValueError(
    "Trainer.loadStateDict",
    version === undefined
      ? "this is not the state of a trainer"
      : `the state is of version ${version}, not ${STATE_VERSION}`,
    "",
    version === undefined
      ? "Weights alone are loaded by model.loadStateDict."
      : "Resume with the version of Kindling that saved it.",
  );
}
