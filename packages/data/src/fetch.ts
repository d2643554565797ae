import { KindlingError } from "@kindling/core";
import { offersBatch } from "./batch-path.ts";
import { defaultCollate } from "./collate.ts";
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

/**
 * How the samples at some indices become a batch: through `getBatch` where the data set has it and nobody asked for
 * another `collate` than the default, else one by one.
 */
export function batchReader<S, B>(
  dataset: Dataset<S>,
  collate: ((samples: S[]) => B) | null,
): (indices: readonly number[]) => B {
  const fetchAll = (indices: readonly number[]): S[] => indices.map((index) => fetchOne(dataset, index));
  if (collate !== null) return (indices) => collate(fetchAll(indices));
  if (!offersBatch(dataset)) return (indices) => defaultCollate(fetchAll(indices)) as B;
  return (indices) => {
    try {
      return dataset.getBatch(indices) as B;
    } catch (error) {
      // Which sample was it? If each can be read alone, the batch itself is at fault, and its own error says it best.
      fetchAll(indices);
      throw error;
    }
  };
}
