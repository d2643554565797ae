import { ArgumentTypeError, fromBuffer, isTensor, ShapeError, type Tensor } from "@kindling/core";
import { checkList, checkTensor, surplusArguments } from "@kindling/core/extend";
import type { Collated } from "./collated.ts";
import { type Dataset, resolveIndex, resolveIndices } from "./dataset.ts";

/**
 * Rows of tensors: sample `i` is `[tensors[0][i], tensors[1][i], ...]`. Shapes: each tensor `[N, ...]`.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.TensorDataset
 */
export class TensorDataset<T extends readonly Tensor[]> implements Dataset<T> {
  readonly tensors: T;

  constructor(...tensors: T) {
    checkTensors(tensors);
    const [first] = tensors;
    if (first === undefined || tensors.some((tensor) => tensor.length !== first.length)) {
      throw new ShapeError(
        "TensorDataset",
        "Size mismatch between tensors",
        first === undefined ? "there are none" : `first sizes are ${tensors.map((tensor) => tensor.length).join(", ")}`,
        "Give one or more tensors with the same number of rows.",
      );
    }
    this.tensors = tensors;
  }

  get length(): number {
    return (this.tensors[0] as Tensor).length;
  }

  get(index: number): T {
    if (arguments.length > 1) throw surplusArguments("TensorDataset.get(index)", arguments.length);
    const row = resolveIndex("TensorDataset.get", index, this.length);
    // Not views: whoever changes a sample in place leaves the data set as it is.
    return this.tensors.map((tensor) => tensor.select(0, row).clone()) as readonly Tensor[] as T;
  }

  getBatch(indices: readonly number[] | Int32Array): Collated<T> {
    if (arguments.length > 1) throw surplusArguments("TensorDataset.getBatch(indices)", arguments.length);
    checkList("TensorDataset.getBatch", indices, {
      name: "indices",
      wayOut: "Give the positions of the samples: [0, 2].",
    });
    const rows = resolveIndices("TensorDataset.getBatch", indices, this.length);
    const index = fromBuffer(rows, [rows.length]);
    return this.tensors.map((tensor) => tensor.indexSelect(0, index.to(tensor.device))) as unknown as Collated<T>;
  }
}

function checkTensors(tensors: readonly unknown[]): void {
  const [first] = tensors;
  if (tensors.length === 1 && Array.isArray(first) && first.length > 0 && first.every(isTensor)) {
    throw new ArgumentTypeError(
      "TensorDataset",
      "tensors are arguments, not a list",
      `got an array of ${first.length}`,
      "Write new TensorDataset(inputs, labels).",
    );
  }
  for (const [i, tensor] of tensors.entries()) checkTensor("TensorDataset", tensor, "tensors", i + 1);
}
