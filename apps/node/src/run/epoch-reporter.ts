import { epochLine } from "@kindling/recipes";
import type { Callback, Trainer } from "@kindling/trainer";

/** Tells each epoch, when it is done and kept: as the notes' line, or as a JSON object. */
export class EpochReporter implements Callback {
  readonly name = "EpochReporter";
  readonly #print: (line: string) => void;
  readonly #extra: Readonly<Record<string, unknown>> | null;

  /** @param json null for the notes' line; else what stands in each object beside the epoch's numbers */
  constructor(print: (line: string) => void, json: Readonly<Record<string, unknown>> | null) {
    this.#print = print;
    this.#extra = json;
  }

  onEpochEnd(trainer: Trainer): void {
    const row = trainer.history.at(-1);
    if (row === undefined) return;
    const { train: trainSeconds, val: valSeconds } = trainer.seconds;
    const json = { ...this.#extra, ...row, trainSeconds: rounded(trainSeconds), valSeconds: rounded(valSeconds) };
    this.#print(this.#extra === null ? epochLine(row, trainer.epochs) : JSON.stringify(json));
  }
}

/** To milliseconds. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
