import { type Tensor, ValueError } from "@kindling/core";
import { EpochMeter, type Sums } from "./epoch-meter.ts";
import type { Batches } from "./parts.ts";
import type { GeneratorStates, Generators } from "./state/generators.ts";
import type { UnfinishedEpoch } from "./state/trainer-state.ts";
import { evaluateStep, type StepParts, trainStep } from "./steps.ts";

/** What a pass over a loader came to: the mean loss over samples, and the share of targets that were met. */
export interface Evaluation {
  readonly loss: number;
  /** Absent where the targets are no classes. */
  readonly acc?: number;
}

/** Told after each step of the optimizer, with the loss of its batch. */
type AfterStep = (loss: Tensor) => void | Promise<void>;

/** One epoch of a training: it can be left in the middle, and taken up again there by another process. */
export class Epoch {
  phase: "train" | "validation";
  /** Batches trained on. */
  batches: number;
  /** How long each phase took. */
  readonly seconds = { train: 0, val: 0 };

  readonly #parts: StepParts;
  readonly #generators: Generators;
  readonly #left: UnfinishedEpoch | null;
  readonly #start: GeneratorStates;
  #meter: EpochMeter;

  /** @param left an epoch that was left, to be taken up */
  constructor(parts: StepParts, generators: Generators, left: UnfinishedEpoch | null) {
    this.#parts = parts;
    this.#generators = generators;
    this.#left = left;
    this.#meter = new EpochMeter(left?.sums);
    this.phase = left?.phase ?? "train";
    this.batches = left?.batches ?? 0;
    if (left !== null) generators.set(left.phase === "train" ? left.start : left.now);
    this.#start = left?.start ?? generators.get();
  }

  /** Trains on what is left of the batches. Null when `signal` has ended it before the last one. */
  async train(loader: Batches, signal: AbortSignal | undefined, afterStep: AfterStep): Promise<Evaluation | null> {
    const started = performance.now();
    if (this.phase === "train" && !(await this.#trainBatches(loader, signal, afterStep))) return null;
    const sums = await this.#meter.read();
    this.phase = "validation";
    this.seconds.train = (performance.now() - started) / 1000;
    return means(sums);
  }

  async #trainBatches(loader: Batches, signal: AbortSignal | undefined, afterStep: AfterStep): Promise<boolean> {
    const { model } = this.#parts;
    model.train();
    let toSkip = this.batches;
    for await (const [inputs, targets] of loader) {
      if (toSkip > 0) {
        toSkip -= 1;
        if (toSkip === 0 && this.#left !== null) this.#generators.set(this.#left.now);
        continue;
      }
      const { loss, correct } = trainStep(this.#parts, inputs, targets);
      this.batches += 1;
      this.#meter.add(loss, inputs.length, correct, targets.numel());
      const told = afterStep(loss);
      if (told !== undefined) await told;
      if (signal?.aborted === true) return false;
    }
    if (toSkip > 0) {
      const wayOut = "Resume with the data and the batch size that the training was saved with.";
      throw new ValueError("Trainer.fit", `the loader gives fewer than ${this.batches} batches`, "", wayOut);
    }
    return true;
  }

  /** Looks at the validation data. Null when `signal` has ended it before the last batch: it then begins anew. */
  async validate(loader: Batches, signal: AbortSignal | undefined): Promise<Evaluation | null> {
    const started = performance.now();
    const before = this.#generators.get();
    const result = await evaluate(this.#parts, loader, signal);
    if (result === null) this.#generators.set(before);
    this.seconds.val = (performance.now() - started) / 1000;
    return result;
  }

  /** Where this epoch stands now. */
  async leave(): Promise<UnfinishedEpoch> {
    const sums = await this.#meter.read();
    const { phase, batches } = this;
    return { phase, batches, sums: { ...sums }, start: this.#start, now: this.#generators.get() };
  }

  dispose(): void {
    this.#meter.dispose();
  }
}

/** A pass in evaluation mode, which does not learn. Null when `signal` has ended it before the last batch. */
export async function evaluate(
  parts: Omit<StepParts, "optimizer">,
  loader: Batches,
  signal: AbortSignal | undefined,
): Promise<Evaluation | null> {
  const { model } = parts;
  const { training } = model;
  const meter = new EpochMeter();
  model.eval();
  try {
    for await (const [inputs, targets] of loader) {
      if (signal?.aborted === true) return null;
      const { loss, correct } = evaluateStep(parts, inputs, targets);
      meter.add(loss, inputs.length, correct, targets.numel());
    }
    return means(await meter.read());
  } finally {
    model.train(training);
    meter.dispose();
  }
}

function means({ loss, correct, targets, samples }: Sums): Evaluation {
  return { loss: loss / samples, ...(targets > 0 && { acc: correct / targets }) };
}
