import { IndexOutOfRangeError } from "@kindling/core";
import type { Collated } from "./collated.ts";

/** Samples by their position. A supervised sample is `[Tensor, number]`. */
export interface Dataset<S = unknown> {
  readonly length: number;

  /** The sample at `index`; negative ones count from the end. Throws when there is none (see `resolveIndex`). */
  get(index: number): S;

  /**
   * The samples at `indices` as one batch, the same as `defaultCollate(indices.map((i) => this.get(i)))`, in one go.
   * Optional: a `DataLoader` uses it when it is there. A subclass that overrides `get` alone is read through `get`.
   */
  getBatch?(indices: readonly number[] | Int32Array): Collated<S>;
}

/** Samples one after the other, for streams: no positions, and perhaps no length. Each iteration starts afresh. */
export type IterableDataset<S = unknown> = (Iterable<S> | AsyncIterable<S>) & {
  /** How many samples an iteration gives, where that is known. */
  readonly length?: number;
};

/**
 * `index` counted from the front. Every `get` of a data set of `length` samples calls this first.
 *
 * Throws IndexOutOfRangeError unless `-length <= index < length` and it is an integer.
 */
export function resolveIndex(op: string, index: number, length: number): number {
  if (!Number.isInteger(index) || index < -length || index >= length) {
    throw new IndexOutOfRangeError(
      op,
      `index ${index} is out of bounds for dimension 0 with size ${length}`,
      "",
      length === 0 ? "There are no samples." : `Indices go from 0 to ${length - 1}, or from -1 back to ${-length}.`,
    );
  }
  return index < 0 ? index + length : index;
}

/** `resolveIndex` for each of `indices`: what every `getBatch` calls first. */
export function resolveIndices(op: string, indices: readonly number[] | Int32Array, length: number): Int32Array {
  const resolved = new Int32Array(indices.length);
  for (let i = 0; i < resolved.length; i++) resolved[i] = resolveIndex(op, indices[i] as number, length);
  return resolved;
}
