import { IndexOutOfRangeError, ValueError } from "@kindling/core";
import { checkList, surplusArguments } from "@kindling/core/extend";
import { asDataset, type DatasetLike } from "./array-dataset.ts";
import { type Dataset, resolveIndex } from "./dataset.ts";

/**
 * Data sets one after the other.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.ConcatDataset
 */
export class ConcatDataset<S> implements Dataset<S> {
  readonly datasets: readonly Dataset<S>[];
  /** Where each data set ends: its length and those of all before it. */
  readonly cumulativeSizes: readonly number[];

  constructor(datasets: readonly DatasetLike<S>[]) {
    if (arguments.length > 1) throw surplusArguments("new ConcatDataset(datasets)", arguments.length);
    const wayOut = "Put the data sets in an array: new ConcatDataset([a, b]).";
    checkList("ConcatDataset", datasets, { name: "datasets", of: "data sets", wayOut });
    if (datasets.length === 0) {
      throw new ValueError(
        "ConcatDataset",
        "datasets should not be an empty iterable",
        "",
        "Give at least one data set.",
      );
    }
    this.datasets = datasets.map((dataset) => withoutStreams(dataset));
    let end = 0;
    this.cumulativeSizes = this.datasets.map((dataset) => {
      end += dataset.length;
      return end;
    });
  }

  get length(): number {
    return this.cumulativeSizes.at(-1) as number;
  }

  get(index: number): S {
    if (arguments.length > 1) throw surplusArguments("ConcatDataset.get(index)", arguments.length);
    if (index < 0 && -index > this.length) {
      throw new IndexOutOfRangeError(
        "ConcatDataset.get",
        "absolute value of index should not exceed dataset length",
        `index ${index}, length ${this.length}`,
        "Negative indices count from the end.",
      );
    }
    const position = resolveIndex("ConcatDataset.get", index, this.length);
    const which = this.cumulativeSizes.findIndex((end) => position < end);
    const start = which === 0 ? 0 : (this.cumulativeSizes[which - 1] as number);
    return (this.datasets[which] as Dataset<S>).get(position - start);
  }
}

function withoutStreams<S>(dataset: DatasetLike<S>): Dataset<S> {
  const isStream = Symbol.iterator in dataset || Symbol.asyncIterator in dataset;
  if (Array.isArray(dataset) || !isStream || "get" in dataset) return asDataset("ConcatDataset", dataset);
  throw new ValueError(
    "ConcatDataset",
    "ConcatDataset does not support IterableDataset",
    "",
    "Its samples have no positions: read them into an array first.",
  );
}
