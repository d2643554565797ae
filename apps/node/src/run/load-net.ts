import { dirname, join } from "node:path";
import type { Module } from "@kindling/nn";
import { inferForm, makeNet } from "@kindling/recipes";
import type { Activation, DatasetName, ModelName } from "@kindling/recipes/config";
import { loadWithMetadata } from "@kindling/safetensors";
import { OPTIONS } from "../options/train-options.ts";
import { readRegular } from "./read-regular.ts";

/** A trained network, and what is known of its training. */
export interface LoadedNet {
  readonly net: Module;
  readonly model: ModelName;
  /** Undefined where neither the file nor a `config.json` beside it says. */
  readonly dataset: DatasetName | undefined;
}

/**
 * The network whose weights `file` holds. Its kind and sizes are read from their names and shapes; its activation, which leaves no trace there,
 * from the file's metadata, else from `config.json` beside it, else it is ReLU.
 *
 * @throws Error naming a file that is damaged or of another network, and what is wrong with it
 */
export async function loadNet(file: string): Promise<LoadedNet> {
  const weights = await readWeights(file);
  const beside = await readBeside(file);
  try {
    return rebuild(weights, beside);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** What leaves no trace in the shapes of the weights. */
interface Facts {
  readonly activation?: string;
  readonly dataset?: string;
}

function rebuild(weights: Uint8Array, beside: Facts): LoadedNet {
  const { tensors, metadata } = loadWithMetadata(weights);
  const known: Facts = { ...beside, ...metadata };
  const activation = known.activation === undefined ? "relu" : (checked("activation", known.activation) as Activation);
  const form = inferForm(tensors);
  const net = makeNet(form.model === "cnn" ? form : { ...form, activation });
  net.loadStateDict(tensors);
  const dataset = known.dataset === undefined ? undefined : (checked("dataset", known.dataset) as DatasetName);
  return { net: net.eval(), model: form.model, dataset };
}

async function readWeights(file: string): Promise<Uint8Array> {
  try {
    return await readRegular(file);
  } catch (error) {
    throw new Error(`could not read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** What `config.json` of the run says, if the file is still with it. */
async function readBeside(file: string): Promise<Facts> {
  try {
    const { activation, dataset } = JSON.parse(
      new TextDecoder().decode(await readRegular(join(dirname(file), "config.json"))),
    );
    return { ...(typeof activation === "string" && { activation }), ...(typeof dataset === "string" && { dataset }) };
  } catch {
    return {};
  }
}

function checked(name: "activation" | "dataset", value: string): unknown {
  return OPTIONS[name]().parseArg?.(value, undefined);
}
