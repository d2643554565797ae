import { arange } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { Subset } from "./subset.ts";
import { TensorDataset } from "./tensor-dataset.ts";
import { datasetLaws } from "./testing/index.ts";

const ten = new TensorDataset(arange(10));

datasetLaws("Subset", () => new Subset(ten, [7, 2, 2, 9]));
datasetLaws("Subset of an array", () => new Subset(["a", "b", "c"], Int32Array.of(2, 0, 1)));

describe("Subset", () => {
  test("gives the samples at its indices", () => {
    const subset = new Subset(ten, [7, 2]);
    expect(subset.get(0)[0].itemSync()).toBe(7);
    expect(subset.getBatch([1, 0])[0].toListSync()).toEqual([2, 7]);
  });

  test("reads a data set whose get alone is overridden through get", () => {
    class Negated extends TensorDataset<[ReturnType<typeof arange>]> {
      override get(index: number): [ReturnType<typeof arange>] {
        return [super.get(index)[0].neg()];
      }
    }
    expect(new Subset(new Negated(arange(10)), [7, 2]).getBatch([0, 1])[0].toListSync()).toEqual([-7, -2]);
  });

  test("refuses an index that is none", () => {
    expect(() => new Subset(ten, [7, 2]).get(2)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: Subset.get: index 2 is out of bounds for dimension 0 with size 2. Indices go from 0 to 1, or from -1 back to -2.]`,
    );
    expect(() => new Subset(ten, [70]).get(0)).toThrowErrorMatchingInlineSnapshot(
      `[IndexOutOfRangeError: TensorDataset.get: index 70 is out of bounds for dimension 0 with size 10. Indices go from 0 to 9, or from -1 back to -10.]`,
    );
  });
});

test("positions are a list", () => {
  expect(() => new Subset([1, 2], undefined as never)).toThrow(
    "argument 'indices' (position 2) must be tuple of ints, not NoneType. Give the positions of the samples: new Subset(dataset, [0, 2]).",
  );
});
