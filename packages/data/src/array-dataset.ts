import { ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { type Dataset, resolveIndex } from "./dataset.ts";

/** A data set, or an array of samples in its place. */
export type DatasetLike<S> = Dataset<S> | readonly S[];

/** An array of samples as a data set. */
export class ArrayDataset<S> implements Dataset<S> {
  readonly samples: readonly S[];

  constructor(samples: readonly S[]) {
    if (arguments.length > 1) throw surplusArguments("new ArrayDataset(samples)", arguments.length);
    this.samples = samples;
  }

  get length(): number {
    return this.samples.length;
  }

  get(index: number): S {
    if (arguments.length > 1) throw surplusArguments("ArrayDataset.get(index)", arguments.length);
    return this.samples[resolveIndex("ArrayDataset.get", index, this.length)] as S;
  }
}

/** `source` as a data set. Throws ValueError when it is neither one nor an array. */
export function asDataset<S>(op: string, source: DatasetLike<S>): Dataset<S> {
  if (Array.isArray(source)) return new ArrayDataset(source as readonly S[]);
  const dataset = source as Partial<Dataset<S>> | null | undefined;
  if (typeof dataset?.get === "function" && typeof dataset.length === "number") return dataset as Dataset<S>;
  throw new ValueError(
    op,
    "dataset should have a length and get(index)",
    `got ${dataset === null ? "null" : typeof dataset}`,
    "Hand in a Dataset or an array of samples.",
  );
}
