import { ValueError } from "@kindling/core";
import { describeValue } from "@kindling/core/extend";

/**
 * The order in which a `DataLoader` reads a data set: positions, or lists of them for a batch sampler. Each iteration
 * starts a new epoch and draws anew.
 */
export interface Sampler<T = number> extends Iterable<T> {
  /** How many positions, or batches, an iteration gives; absent where that is not known. */
  readonly length?: number;
  /** The state that decides the next epoch's order, besides the default generator: the states of its own generators, by name. */
  stateDict?(): SamplerState;
  loadStateDict?(state: SamplerState): void;
}

/** Bytes by name, small enough to be kept in a checkpoint. */
export type SamplerState = Readonly<Record<string, Uint8Array>>;

/** The source of samples: a number of positions, or something of that length. */
export type Sized = number | { readonly length: number };

export function sizeOf(source: Sized): number {
  const size = typeof source === "number" ? source : source?.length;
  if (typeof size === "number") return size;
  const got = `got ${source === undefined ? "nothing" : describeValue(source)}`;
  throw new ValueError(
    "Sampler",
    "data_source must have a length",
    got,
    "Give a data set, or how many samples there are.",
  );
}
