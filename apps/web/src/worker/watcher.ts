import type { Tensor } from "@kindling/core";
import type { Digits } from "@kindling/recipes";
import type { Callback, Trainer } from "@kindling/trainer";
import type { Phase } from "../protocol/messages.ts";
import { tell } from "../protocol/serve.ts";
import { type LivePoint, type Run, withPoint } from "../runs/run.ts";
import { sampleBatch } from "./digits.ts";
import type { Eye, Seen } from "./eye.ts";
import { firstLayer } from "./first-layer.ts";
import { gradientSizes, layersOf } from "./gradient-sizes.ts";
import type { Gate } from "./pace.ts";
import { Share } from "./share.ts";
import { StepClock } from "./step-clock.ts";
import { ValidationEye } from "./validation-eye.ts";

/** Thrown out of a training that is held, and kept, to end it there. */
export class Left extends Error {
  override readonly name = "Left";
}

export interface WatcherParts {
  readonly eye: Eye;
  readonly gate: Gate;
  readonly test: Digits;
  readonly keep: (trainer: Trainer) => Promise<void>;
}

/** Milliseconds between two looks at the same thing, at least. */
const OFTEN = { progress: 60, look: 400, gradients: 250, weights: 400, keep: 5000 } as const;

/** Watches a training for the page: reads what it shows now and then, and holds the training when the gate is closed. */
export class Watcher implements Callback {
  readonly name = "Watcher";
  run: Run;
  readonly #parts: WatcherParts;
  readonly #due = Object.fromEntries(Object.entries(OFTEN).map(([name, ms]) => [name, new Share(ms)])) as Record<
    keyof typeof OFTEN,
    Share
  >;
  readonly #clock = new StepClock();
  readonly #validation = new ValidationEye();
  readonly #sample: Tensor;
  #acc: number | undefined;
  #isHeld = false;
  #isLeaving = false;

  constructor(run: Run, parts: WatcherParts) {
    this.run = { ...run, layers: layersOf(parts.eye.net) };
    this.#parts = parts;
    this.#sample = sampleBatch(parts, parts.eye.device);
  }

  /** Whether the training waits between two steps: all that there is of it is kept. */
  get isHeldBetweenSteps(): boolean {
    return this.#isHeld;
  }

  leave(): void {
    this.#isLeaving = true;
  }

  /** The trainer has taken over what was kept of the run. */
  begin(trainer: Trainer): void {
    const x = trainer.history.length + (trainer.batch > 0 ? trainer.batch / this.#batches(trainer) : 0);
    // What was seen after the moment that it goes on from will be seen again.
    const before = <P extends { x: number }>(points: readonly P[]): P[] => points.filter((point) => point.x <= x);
    const { curve, gradients } = this.run;
    this.#update(trainer, { status: "idle", curve: before(curve), gradients: before(gradients) });
    tell({ kind: "run", run: this.run });
  }

  end(trainer: Trainer): void {
    this.#update(trainer, { status: trainer.history.length >= trainer.epochs ? "done" : "idle" });
  }

  close(): void {
    this.#validation.close();
    this.#sample.dispose();
  }

  onEpochStart(trainer: Trainer): void {
    this.#clock.restart();
    this.#tellProgress(trainer, "train");
  }

  onTrainBatchEnd(trainer: Trainer): void | Promise<void> {
    this.#clock.tick();
    const { gate } = this.#parts;
    const isDue = gate.isWaiting || Object.values(this.#due).some((due) => due.isDue);
    if (isDue || isLastOf(trainer)) return this.#afterStep(trainer);
  }

  onValidationStart(trainer: Trainer): void {
    this.#validation.open(this.#parts.eye);
    this.#tellProgress(trainer, "validate");
  }

  async onEpochEnd(trainer: Trainer): Promise<void> {
    const { predictions, confidences } = await this.#validation.take();
    this.#update(trainer, { predictions, confidences });
    await this.#parts.keep(trainer);
    tell({ kind: "run", run: this.run });
    this.#tellProgress(trainer, "train");
  }

  /** Tells that the training is held. */
  tellHeld(trainer: Trainer): void {
    this.#clock.restart();
    tell({ kind: "run", run: this.run });
    this.#tellProgress(trainer, "paused");
  }

  async #afterStep(trainer: Trainer): Promise<void> {
    const { gate, keep } = this.#parts;
    const due = this.#due;
    const isWaiting = gate.isWaiting;
    // However seldom there is time for them, loss and accuracy go on to the end of the epoch, and to where the training is held.
    const isAsked = isWaiting || isLastOf(trainer);
    if (isAsked) await this.#look();
    else await due.look.run(() => this.#look());
    if (isWaiting) await this.#readGradients(trainer);
    else await due.gradients.run(() => this.#readGradients(trainer));
    await due.weights.run(() => this.#showWeights());
    if (isAsked) await this.#readLoss(trainer);
    else await due.progress.run(() => this.#readLoss(trainer));
    await due.keep.run(async () => {
      this.#update(trainer, {});
      if (!isWaiting) await keep(trainer);
    });
    const held = gate.pass(() => this.#hold(trainer));
    if (held === undefined) return;
    await held;
    this.#isHeld = false;
    this.#clock.restart();
    if (this.#isLeaving) throw new Left("the training was left while it was held");
  }

  async #hold(trainer: Trainer): Promise<void> {
    this.#update(trainer, {});
    await this.#parts.keep(trainer);
    await this.#showWeights();
    this.#isHeld = true;
    this.tellHeld(trainer);
  }

  async #readLoss(trainer: Trainer): Promise<void> {
    const loss = await (trainer.loss as Tensor).item();
    const acc = this.#acc;
    this.#acc = undefined;
    const point: LivePoint = { x: this.#x(trainer), loss, ...(acc !== undefined && { acc }) };
    this.#update(trainer, { curve: withPoint(this.run.curve, point) });
    tell({ kind: "point", runId: this.run.id, point });
    this.#tellProgress(trainer, "train");
  }

  async #look(): Promise<void> {
    const seen: Seen = await this.#parts.eye.look(this.#sample);
    this.#acc = this.#shareRight(seen.predictions);
    tell({ kind: "look", runId: this.run.id, ...seen });
  }

  async #readGradients(trainer: Trainer): Promise<void> {
    const point = { x: this.#x(trainer), sizes: await gradientSizes(this.#parts.eye.net) };
    this.#update(trainer, { gradients: withPoint(this.run.gradients, point) });
    tell({ kind: "gradients", runId: this.run.id, layers: this.run.layers, point });
  }

  async #showWeights(): Promise<void> {
    const layer = await firstLayer(this.run.id, this.#parts.eye.net);
    tell({ kind: "weights", layer }, [layer.data.buffer]);
  }

  #shareRight(predictions: Uint8Array): number {
    const { test } = this.#parts;
    const right = predictions.reduce((count, taken, i) => count + (taken === test.get(i)[1] ? 1 : 0), 0);
    return right / predictions.length;
  }

  #update(trainer: Trainer, changes: Partial<Run>): void {
    this.run = { ...this.run, rows: trainer.history.toJSON(), batch: trainer.batch, ...changes };
  }

  #tellProgress(trainer: Trainer, phase: Phase): void {
    const { stepsPerSecond } = this.#clock;
    const batches = this.#batches(trainer);
    const done = trainer.history.length;
    const steps = (trainer.epochs - done) * batches - trainer.batch;
    const validations = (trainer.epochs - done) * trainer.seconds.val;
    tell({
      kind: "progress",
      progress: {
        phase,
        epoch: Math.min(done + 1, trainer.epochs),
        epochs: trainer.epochs,
        batch: done >= trainer.epochs ? batches : trainer.batch,
        batches,
        stepsPerSecond,
        secondsLeft: stepsPerSecond > 0 ? steps / stepsPerSecond + validations : null,
      },
    });
  }

  #x(trainer: Trainer): number {
    return trainer.history.length + trainer.batch / this.#batches(trainer);
  }

  #batches(trainer: Trainer): number {
    return trainer.batches ?? Math.ceil(60_000 / this.run.settings.batchSize);
  }
}

/** Whether the step is the last of its epoch. */
function isLastOf({ batch, batches }: Trainer): boolean {
  return batch === batches;
}
