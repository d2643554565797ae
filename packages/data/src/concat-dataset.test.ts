import { arange } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { ConcatDataset } from "./concat-dataset.ts";
import { TensorDataset } from "./tensor-dataset.ts";
import { datasetLaws } from "./testing/index.ts";

datasetLaws("ConcatDataset", () => new ConcatDataset([new TensorDataset(arange(2)), new TensorDataset(arange(5, 8))]));

describe("ConcatDataset", () => {
  const joined = new ConcatDataset([["a", "b"], [], ["c"]]);

  test("gives the samples of one after those of the other", () => {
    expect([0, 1, 2, -1, -3].map((index) => joined.get(index))).toEqual(["a", "b", "c", "c", "a"]);
    expect(joined.cumulativeSizes).toEqual([2, 2, 3]);
  });

  test("refuses what PyTorch refuses", () => {
    const stream = { *[Symbol.iterator]() {} };
    expect(() => new ConcatDataset([])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: ConcatDataset: datasets should not be an empty iterable. Give at least one data set.]`,
    );
    // @ts-expect-error a stream has no positions
    expect(() => new ConcatDataset([stream])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: ConcatDataset: ConcatDataset does not support IterableDataset. Its samples have no positions: read them into an array first.]`,
    );
    expect(() => joined.get(-4)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: ConcatDataset.get: absolute value of index should not exceed dataset length: index -4, length 3. Negative indices count from the end.]`,
    );
    expect(() => joined.get(3)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: ConcatDataset.get: index 3 is out of bounds for dimension 0 with size 3. Indices go from 0 to 2, or from -1 back to -3.]`,
    );
  });
});

test("data sets are a list", () => {
  expect(() => new ConcatDataset(new TensorDataset(arange(2)) as never)).toThrow(
    "must be tuple of data sets, not TensorDataset. Put the data sets in an array: new ConcatDataset([a, b]).",
  );
});
