import { dirname, join } from "node:path";
import type { Module } from "@kindling/nn";
import { type NetFacts, rebuildNet } from "@kindling/recipes";
import type { DatasetName, ModelName } from "@kindling/recipes/config";
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
    const { net, form, dataset } = rebuildNet(weights, beside);
    return { net, model: form.model ?? "mlp", dataset };
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function readWeights(file: string): Promise<Uint8Array> {
  try {
    return await readRegular(file);
  } catch (error) {
    throw new Error(`could not read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** What `config.json` of the run says, if the file is still with it. */
async function readBeside(file: string): Promise<NetFacts> {
  try {
    const { activation, dataset } = JSON.parse(
      new TextDecoder().decode(await readRegular(join(dirname(file), "config.json"))),
    );
    return { ...(typeof activation === "string" && { activation }), ...(typeof dataset === "string" && { dataset }) };
  } catch {
    return {};
  }
}
