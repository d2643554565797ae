import { availability, device as getDevice } from "@kindling/backends";
import type { Device } from "@kindling/core";
import { DataLoader } from "@kindling/data";
import { type DigitNet, type DigitSets, makeNet, makeTrainer, type RebuiltNet, rebuildNet } from "@kindling/recipes";
import { save } from "@kindling/safetensors";
import { readCheckpoint } from "@kindling/trainer";
import type { Asked, Classified, TrainingEnd } from "../protocol/messages.ts";
import { reasonOf } from "../protocol/reason.ts";
import { Refusal } from "../protocol/refusal.ts";
import { tell } from "../protocol/serve.ts";
import type { Run } from "../runs/run.ts";
import { exclusively } from "../runs/run-lock.ts";
import { loadCheckpoint, saveRun } from "../runs/run-store.ts";
import { configOf, type Settings } from "../settings/settings.ts";
import { acceptWeights } from "./accept-weights.ts";
import { digitsOf, imagesAt, sampleBatch } from "./digits.ts";
import { Eye } from "./eye.ts";
import { firstLayer } from "./first-layer.ts";
import { Session } from "./session.ts";
import { ValidationEye } from "./validation-eye.ts";

/** The network that there is to look at, and whose it is. */
interface Model {
  readonly run: Run;
  readonly eye: Eye;
}

/** What the worker does: one training at a time, and one network to look through. */
export class Studio {
  #session: Session | null = null;
  #model: Model | null = null;

  async train({ run, stepOnly }: Asked<"train">): Promise<TrainingEnd> {
    return exclusively(run.id, async () => {
      const { sets, device } = await this.#prepare(run.settings);
      const session = new Session({ run, sets, device });
      this.#session = session;
      this.#show({ run, eye: session.eye });
      try {
        const ended = await session.train(stepOnly);
        this.#model = { run: ended, eye: session.eye };
        return { run: ended };
      } finally {
        this.#session = null;
      }
    });
  }

  async pause(): Promise<undefined> {
    await this.#session?.gate.close();
    return undefined;
  }

  go(): undefined {
    this.#session?.gate.open();
    return undefined;
  }

  step(): undefined {
    this.#session?.gate.letOne();
    return undefined;
  }

  stop(): undefined {
    this.#session?.stop();
    return undefined;
  }

  async open(run: Run): Promise<undefined> {
    const bytes = await loadCheckpoint(run.id);
    if (bytes === undefined) throw new Error(`nothing is saved of run ${run.number}`);
    const { sets, device } = await this.#prepare(run.settings);
    const net = run.file === null ? netOf(run.settings, bytes) : netOfFile(bytes).net;
    net.to(device).eval();
    const eye = new Eye(net, device);
    if (this.#session !== null) return undefined;
    this.#show({ run, eye });
    await lookAt(run, eye, sets);
    return undefined;
  }

  async classify(image: Uint8Array): Promise<Classified | null> {
    if (this.#model === null) return null;
    return { probabilities: await this.#model.eye.classify(image) };
  }

  async images(positions: readonly number[]): Promise<Uint8Array> {
    const { dataset, model } = this.#loaded().run.settings;
    return imagesAt(await digitsOf(dataset, model), positions);
  }

  /** The same file as the command's. */
  async weights(runId: string): Promise<Uint8Array> {
    const { run, eye } = this.#loaded();
    if (run.id !== runId) throw new Error("the network of this run is not loaded");
    const { dataset, model, activation } = run.settings;
    const metadata = { dataset, model, ...(model === "mlp" && { activation }) };
    return save(eye.net.stateDict(), { metadata });
  }

  async upload(run: Run, bytes: Uint8Array): Promise<Run> {
    const { net, form, dataset = run.settings.dataset } = netOfFile(bytes);
    try {
      const { model = "mlp" } = form;
      const shape =
        form.model === "cnn" ? {} : { layers: form.layers, hidden: form.hidden, activation: form.activation };
      const settings: Settings = { ...run.settings, ...shape, model, dataset };
      const { sets, device } = await this.#prepare(settings);
      const eye = new Eye(net, device);
      const trainer = makeTrainer(configOf(settings), { net }, { device });
      const validation = new ValidationEye();
      validation.open(eye);
      const { loss, acc = Number.NaN } = await trainer.evaluate(new DataLoader(sets.test, { batchSize: 500 }));
      const row = { epoch: 0, trainLoss: Number.NaN, trainAcc: Number.NaN, valLoss: loss, valAcc: acc };
      const seen = await validation.take();
      const uploaded: Run = { ...run, ...seen, settings, device: device.name, status: "done", rows: [row] };
      await saveRun(uploaded, bytes).catch((error: unknown) => {
        throw new Refusal("refusedStorage", { reason: reasonOf(error) });
      });
      this.#show({ run: uploaded, eye });
      await lookAt(uploaded, eye, sets);
      return uploaded;
    } catch (error) {
      if (this.#model?.eye.net !== net) net[Symbol.dispose]();
      throw error;
    }
  }

  #loaded(): Model {
    if (this.#model === null) throw new Error("there is no network yet");
    return this.#model;
  }

  /** Takes the place of the network before, which is freed. */
  #show(model: Model): void {
    this.#model?.eye.net[Symbol.dispose]();
    this.#model = model;
  }

  async #prepare(settings: Settings): Promise<{ readonly sets: DigitSets; readonly device: Device }> {
    tell({ kind: "phase", phase: "data" });
    const sets = await digitsOf(settings.dataset, settings.model);
    tell({ kind: "phase", phase: "device" });
    const device = await getDevice(settings.device);
    const { detail } = await availability(device.name);
    tell({ kind: "device", name: device.name, detail });
    return { sets, device };
  }
}

function netOfFile(file: Uint8Array): RebuiltNet {
  acceptWeights(file);
  return rebuildNet(file);
}

function netOf(settings: Settings, checkpoint: Uint8Array): DigitNet {
  const config = configOf(settings);
  const net = makeNet(config.model === "cnn" ? { model: "cnn", output: 10 } : { ...config, input: 784, output: 10 });
  net.loadStateDict(readCheckpoint(checkpoint).model);
  return net;
}

/** Tells the page what there is to see in a network that does not learn. */
async function lookAt(run: Run, eye: Eye, sets: DigitSets): Promise<void> {
  const layer = await firstLayer(run.id, eye.net);
  tell({ kind: "weights", layer }, [layer.data.buffer as ArrayBuffer]);
  if (run.predictions !== null) return;
  const sample = sampleBatch(sets, eye.device);
  tell({ kind: "look", runId: run.id, ...(await eye.look(sample)) });
  sample.dispose();
}
