import { type Tensor, ValueError } from "@kindling/core";
import type { Batches } from "./parts.ts";
import { type Evaluation, PassMetrics } from "./pass-metrics.ts";
import type { GeneratorStates, Generators } from "./state/generators.ts";
import type { UnfinishedEpoch } from "./state/trainer-state.ts";
import { evaluateStep, type StepParts, trainStep } from "./steps.ts";

/** Told after each step of the optimizer, with the loss of its batch. */
type AfterStep = (loss: Tensor) => void | Promise<void>;

/** One epoch of a training: it can be left in the middle, and taken up again there by another process. */
export class Epoch {
  /** Batches trained on. */
  batches: number;
  /** The step, from 1, whose training loss was the first to be NaN or infinite; null where none was. */
  nonFiniteStep: number | null = null;
  /** How long each phase took. */
  readonly seconds = { train: 0, val: 0 };

  readonly #parts: StepParts;
  readonly #generators: Generators;
  readonly #left: UnfinishedEpoch | null;
  readonly #start: GeneratorStates;
  readonly #metrics: PassMetrics;
  /** The results of training, once it is over. */
  #trained: Evaluation | null;

  /** @param left an epoch that was left, to be taken up */
  constructor(parts: StepParts, generators: Generators, left: UnfinishedEpoch | null) {
    this.#parts = parts;
    this.#generators = generators;
    this.#left = left;
    this.#metrics = new PassMetrics(parts.metrics);
    if (left !== null) {
      if (left.trained === null) this.#metrics.loadStateDict(left.metrics);
      generators.set(left.trained === null ? left.start : left.now);
    }
    this.#start = left?.start ?? generators.get();
    this.#trained = left?.trained ?? null;
    this.batches = left?.batches ?? 0;
  }

  /**
   * Trains on what is left of the batches. Null when `signal` has ended it before the last one.
   *
   * @param locate whether to look for `nonFiniteStep`, which reads the losses again where their mean is not finite
   */
  async train(
    loader: Batches,
    signal: AbortSignal | undefined,
    afterStep: AfterStep,
    locate: boolean,
  ): Promise<Evaluation | null> {
    if (this.#trained !== null) return this.#trained;
    const started = performance.now();
    const before = this.batches;
    if (!(await this.#trainBatches(loader, signal, afterStep))) return null;
    this.#trained = await this.#metrics.compute();
    if (locate && !Number.isFinite(this.#trained.loss)) {
      const batch = await this.#metrics.firstNonFinite();
      this.nonFiniteStep = batch === null ? null : before + batch + 1;
    }
    this.#metrics.reset();
    this.seconds.train = (performance.now() - started) / 1000;
    return this.#trained;
  }

  async #trainBatches(loader: Batches, signal: AbortSignal | undefined, afterStep: AfterStep): Promise<boolean> {
    this.#parts.model.train();
    let toSkip = this.batches;
    for await (const batch of loader) {
      if (toSkip > 0) {
        toSkip -= 1;
        if (toSkip === 0 && this.#left !== null) this.#generators.set(this.#left.now);
        continue;
      }
      const loss = trainStep(this.#parts, batch, this.#metrics);
      this.batches += 1;
      const told = afterStep(loss);
      if (told !== undefined) await told;
      loss.dispose();
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
    return {
      batches: this.batches,
      metrics: this.#trained === null ? await this.#metrics.stateDict() : {},
      trained: this.#trained,
      start: this.#start,
      now: this.#generators.get(),
    };
  }

  /** Frees what was measured. */
  dispose(): void {
    this.#metrics.reset();
  }
}

/** A pass in evaluation mode, which does not learn. Null when `signal` has ended it before the last batch. */
export async function evaluate(
  parts: StepParts,
  loader: Batches,
  signal: AbortSignal | undefined,
): Promise<Evaluation | null> {
  const { model } = parts;
  const { training } = model;
  const metrics = new PassMetrics(parts.metrics);
  model.eval();
  try {
    for await (const batch of loader) {
      if (signal?.aborted === true) return null;
      evaluateStep(parts, batch, metrics);
    }
    return await metrics.compute();
  } finally {
    model.train(training);
    metrics.reset();
  }
}
