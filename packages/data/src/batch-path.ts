import { defaultCollate } from "./collate.ts";
import type { Collated } from "./collated.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Whether `getBatch` speaks for `get`: not where a subclass has overridden `get` and inherits `getBatch`, which knows
 * nothing of that.
 */
export function offersBatch<S>(dataset: Dataset<S>): dataset is Dataset<S> & Required<Pick<Dataset<S>, "getBatch">> {
  if (typeof dataset.getBatch !== "function") return false;
  for (let level: object | null = dataset; level !== null; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, "getBatch")) return true;
    if (Object.hasOwn(level, "get")) return false;
  }
  return true;
}

/** The samples at `indices` as one batch: in one go where the data set can, else one by one. */
export function readBatch<S>(dataset: Dataset<S>, indices: Int32Array): Collated<S> {
  if (offersBatch(dataset)) return dataset.getBatch(indices);
  return defaultCollate(Array.from(indices, (index) => dataset.get(index)));
}
