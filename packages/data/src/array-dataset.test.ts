import { expect, test } from "vitest";
import { ArrayDataset, asDataset } from "./array-dataset.ts";
import { datasetLaws } from "./testing/index.ts";

datasetLaws("ArrayDataset", () => new ArrayDataset([1, 2, 3, 4]));

test("asDataset refuses what is no data set", () => {
  // @ts-expect-error it has no get
  expect(() => asDataset("DataLoader", { length: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: DataLoader: dataset should have a length and get(index): got object. Hand in a Dataset or an array of samples.]`,
  );
  // @ts-expect-error null is none
  expect(() => asDataset("DataLoader", null)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: DataLoader: dataset should have a length and get(index): got null. Hand in a Dataset or an array of samples.]`,
  );
});
