import type { Device } from "@kindling/core";
import { type DigitSets, type Ingredients, makeIngredients, makeTrainer } from "@kindling/recipes";
import type { Trainer } from "@kindling/trainer";
import { reasonOf } from "../protocol/reason.ts";
import { Refusal } from "../protocol/refusal.ts";
import { tell } from "../protocol/serve.ts";
import type { Run } from "../runs/run.ts";
import { loadCheckpoint, saveRun } from "../runs/run-store.ts";
import { configOf } from "../settings/settings.ts";
import { acceptWeights } from "./accept-weights.ts";
import { Eye } from "./eye.ts";
import { Gate, paced } from "./pace.ts";
import { Left, Watcher } from "./watcher.ts";

export interface SessionParts {
  readonly run: Run;
  readonly sets: DigitSets;
  readonly device: Device;
}

/** One stretch of a training, from its beginning or from where it was kept until it has ended or was stopped. */
export class Session {
  readonly gate = new Gate();
  readonly eye: Eye;
  readonly #ingredients: Ingredients;
  readonly #trainer: Trainer;
  readonly #watcher: Watcher;
  readonly #abort = new AbortController();

  constructor({ run, sets, device }: SessionParts) {
    const config = configOf(run.settings);
    this.#ingredients = makeIngredients(config, sets);
    const { net } = this.#ingredients;
    this.eye = new Eye(net, device);
    const watcher = new Watcher(
      { ...run, device: device.name },
      { eye: this.eye, gate: this.gate, test: sets.test, keep: (trainer) => this.#keep(trainer) },
    );
    this.#watcher = watcher;
    this.#trainer = makeTrainer(config, this.#ingredients, { device, callbacks: [watcher] });
  }

  /** Trains until it has all its epochs, or `stop` is called; what came of it is kept. */
  async train(stepOnly: boolean): Promise<Run> {
    const trainer = this.#trainer;
    const watcher = this.#watcher;
    const checkpoint = await loadCheckpoint(watcher.run.id).catch((error: unknown) => {
      // A browser that keeps nothing has nothing to go on from; what it has kept and is damaged is not written over.
      if (error instanceof Refusal) throw error;
      return undefined;
    });
    if (checkpoint !== undefined) trainer.loadCheckpoint(checkpoint);
    else await this.#takeOver();
    watcher.begin(trainer);
    if (checkpoint === undefined) await this.#keep(trainer);
    if (stepOnly) this.gate.letOne();
    const { trainLoader, testLoader } = this.#ingredients;
    const { epochs } = configOf(watcher.run.settings);
    const validation = paced(testLoader, () => this.gate.pass(async () => watcher.tellHeld(trainer)));
    try {
      await trainer.fit(trainLoader, validation, { epochs, signal: this.#abort.signal });
      watcher.end(trainer);
      await this.#keep(trainer);
    } catch (error) {
      if (!(error instanceof Left)) throw error;
    } finally {
      watcher.close();
    }
    tell({ kind: "run", run: watcher.run });
    return watcher.run;
  }

  /** Ends after the running step; a training that is held between steps, and kept, ends right there. */
  stop(): void {
    if (this.#watcher.isHeldBetweenSteps) this.#watcher.leave();
    else this.#abort.abort();
    this.gate.open();
  }

  /** A network that was uploaded goes on from the weights of its file. */
  async #takeOver(): Promise<void> {
    const { startsFrom } = this.#watcher.run;
    if (startsFrom === undefined) return;
    const file = await loadCheckpoint(startsFrom.id);
    if (file === undefined) throw new Error(`${startsFrom.file} is no longer saved in this browser`);
    this.#ingredients.net.loadStateDict(acceptWeights(file).tensors);
  }

  /** A browser that keeps nothing is told of, and trains on. */
  async #keep(trainer: Trainer): Promise<void> {
    const bytes = await trainer.saveCheckpoint();
    try {
      await saveRun(this.#watcher.run, bytes);
    } catch (error) {
      tell({ kind: "unsaved", runId: this.#watcher.run.id, reason: reasonOf(error) });
    }
  }
}
