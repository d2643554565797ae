import { KindlingError } from "@kindling/core";
import { offersBatch } from "./batch-path.ts";
import type { Dataset } from "./dataset.ts";

/** Reads one sample. What fails says at which index. */
export function fetchOne<S>(dataset: Dataset<S>, index: number): S {
  try {
    return dataset.get(index);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const told = new KindlingError("DataLoader", `reading sample ${index} of the data set failed`, why);
    told.cause = error;
    throw told;
  }
}

/** Reads samples one by one and makes a batch of them. */
export function fetchEach<S, B>(dataset: Dataset<S>, indices: readonly number[], collate: (samples: S[]) => B): B {
  return collate(indices.map((index) => fetchOne(dataset, index)));
}

/** Reads samples as one batch through `getBatch`, or null where the data set has none. */
export function fetchBatch<S>(dataset: Dataset<S>, indices: readonly number[]): unknown {
  if (!offersBatch(dataset)) return null;
  try {
    return dataset.getBatch(indices);
  } catch (error) {
    // Which sample was it? If each can be read alone, the batch itself is at fault, and its own error says it best.
    for (const index of indices) fetchOne(dataset, index);
    throw error;
  }
}
