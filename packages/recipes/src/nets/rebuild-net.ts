import { ValueError } from "@kindling/core";
import { deserialize, load } from "@kindling/safetensors";
import { ACTIVATIONS, type Activation, DATASETS, type DatasetName } from "../config.ts";
import type { DigitNet } from "./digit-net.ts";
import { inferForm } from "./infer-form.ts";
import { makeNet, type NetForm } from "./make-net.ts";

/** What leaves no trace in the names and shapes of weights. */
export interface NetFacts {
  readonly activation?: string;
  readonly dataset?: string;
}

/** A trained network, and what is known of its training. */
export interface RebuiltNet {
  /** In evaluation mode. */
  readonly net: DigitNet;
  readonly form: NetForm;
  /** Undefined where nothing says. */
  readonly dataset: DatasetName | undefined;
}

/**
 * The network whose weights the file `model.safetensors` holds. Its kind and sizes are read from their names and shapes; its activation from
 * the file's metadata, else from `beside`, else it is ReLU. Nothing is built before all names and shapes are found to fit each other.
 *
 * @throws SafetensorError, ShapeError, ValueError for a file that is damaged or of another network
 */
export function rebuildNet(file: Uint8Array, beside: NetFacts = {}): RebuiltNet {
  const { entries, metadata } = deserialize(file);
  const known: NetFacts = { ...beside, ...metadata };
  const activation: Activation = known.activation === undefined ? "relu" : oneOf("activation", ACTIVATIONS, known);
  const dataset = known.dataset === undefined ? undefined : oneOf("dataset", DATASETS, known);
  const inferred = inferForm(Object.fromEntries(entries.map((entry) => [entry.name, entry])));
  const form: NetForm = inferred.model === "cnn" ? inferred : { ...inferred, activation };
  const weights = load(file);
  const net = makeNet(form);
  net.loadStateDict(weights);
  net.eval();
  return { net, form, dataset };
}

function oneOf<V extends string>(name: keyof NetFacts, values: readonly V[], facts: NetFacts): V {
  const value = values.find((candidate) => candidate === facts[name]);
  if (value !== undefined) return value;
  throw new ValueError("rebuildNet", `${name} must be one of ${values.join(", ")}`, `got ${facts[name]}`);
}
