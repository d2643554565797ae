import { asDataset, type DatasetLike } from "./array-dataset.ts";
import { readBatch } from "./batch-path.ts";
import type { Collated } from "./collated.ts";
import { type Dataset, resolveIndex } from "./dataset.ts";

/**
 * The samples of `dataset` at `indices`, in their order.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset
 */
export class Subset<S> implements Dataset<S> {
  readonly dataset: Dataset<S>;
  readonly indices: readonly number[] | Int32Array;

  constructor(dataset: DatasetLike<S>, indices: readonly number[] | Int32Array) {
    this.dataset = asDataset("Subset", dataset);
    this.indices = indices;
  }

  get length(): number {
    return this.indices.length;
  }

  get(index: number): S {
    return this.dataset.get(this.#inWhole("Subset.get", index));
  }

  getBatch(indices: readonly number[] | Int32Array): Collated<S> {
    return readBatch(
      this.dataset,
      Array.from(indices, (index) => this.#inWhole("Subset.getBatch", index)),
    );
  }

  #inWhole(op: string, index: number): number {
    return this.indices[resolveIndex(op, index, this.length)] as number;
  }
}
