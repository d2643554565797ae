import { checkList, surplusArguments } from "@kindling/core/extend";
import { asDataset, type DatasetLike } from "./array-dataset.ts";
import { readBatch } from "./batch-path.ts";
import type { Collated } from "./collated.ts";
import { type Dataset, resolveIndex, resolveIndices } from "./dataset.ts";

/**
 * The samples of `dataset` at `indices`, in their order.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset
 */
export class Subset<S> implements Dataset<S> {
  readonly dataset: Dataset<S>;
  readonly indices: readonly number[] | Int32Array;

  constructor(dataset: DatasetLike<S>, indices: readonly number[] | Int32Array) {
    if (arguments.length > 2) throw surplusArguments("new Subset(dataset, indices)", arguments.length);
    this.dataset = asDataset("Subset", dataset);
    const wayOut = "Give the positions of the samples: new Subset(dataset, [0, 2]).";
    checkList("Subset", indices, { name: "indices", position: 2, wayOut });
    this.indices = indices;
  }

  get length(): number {
    return this.indices.length;
  }

  get(index: number): S {
    if (arguments.length > 1) throw surplusArguments("Subset.get(index)", arguments.length);
    return this.dataset.get(this.indices[resolveIndex("Subset.get", index, this.length)] as number);
  }

  getBatch(indices: readonly number[] | Int32Array): Collated<S> {
    if (arguments.length > 1) throw surplusArguments("Subset.getBatch(indices)", arguments.length);
    checkList("Subset.getBatch", indices, { name: "indices", wayOut: "Give the positions of the samples: [0, 2]." });
    const own = resolveIndices("Subset.getBatch", indices, this.length);
    return readBatch(
      this.dataset,
      own.map((index) => this.indices[index] as number),
    );
  }
}
