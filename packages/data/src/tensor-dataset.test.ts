import { arange, fromBuffer, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { TensorDataset } from "./tensor-dataset.ts";
import { datasetLaws } from "./testing/index.ts";

datasetLaws("TensorDataset", () => new TensorDataset(arange(12).view(4, 3), arange(4)));
datasetLaws("TensorDataset of bytes", () => new TensorDataset(fromBuffer(Uint8Array.of(1, 2, 3, 4, 5, 6), [3, 2])));

describe("TensorDataset", () => {
  test("gives a row of each tensor", () => {
    const dataset = new TensorDataset(arange(6).view(3, 2), arange(3));
    expect(dataset.get(1).map((part) => part.toListSync())).toEqual([[2, 3], 1]);
    expect(dataset.getBatch([2, 0]).map((part) => part.toListSync())).toEqual([
      [
        [4, 5],
        [0, 1],
      ],
      [2, 0],
    ]);
  });

  test("a batch is a copy: changing it leaves the data set as it was", () => {
    const dataset = new TensorDataset(zeros([3]));
    dataset.getBatch([0, 1])[0].add_(1);
    expect(dataset.get(0)[0].itemSync()).toBe(0);
  });

  test("refuses tensors that do not fit, and indices that are none", () => {
    expect(() => new TensorDataset(zeros([2]), zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: TensorDataset: Size mismatch between tensors: first sizes are 2, 3. Give one or more tensors with the same number of rows.]`,
    );
    expect(() => new TensorDataset()).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: TensorDataset: Size mismatch between tensors: there are none. Give one or more tensors with the same number of rows.]`,
    );
    expect(() => new TensorDataset([zeros([2]), zeros([2])] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentTypeError: TensorDataset: tensors are arguments, not a list: got an array of 2. Write new TensorDataset(inputs, labels).]`,
    );
    expect(() => new TensorDataset(zeros([2]), [0, 1] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentTypeError: TensorDataset: TensorDataset(): argument 'tensors' (position 2) must be Tensor, not list. Make one: tensor([...]).]`,
    );
    expect(() => new TensorDataset(zeros([10])).get(10)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: TensorDataset.get: index 10 is out of bounds for dimension 0 with size 10. Indices go from 0 to 9, or from -1 back to -10.]`,
    );
    expect(() => new TensorDataset(zeros([0])).get(0)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: TensorDataset.get: index 0 is out of bounds for dimension 0 with size 0. There are no samples.]`,
    );
  });
});
