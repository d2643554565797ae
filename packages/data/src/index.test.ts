import { expect, test } from "vitest";
import * as extend from "./extend.ts";
import * as index from "./index.ts";

test("public API", () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "ArrayDataset",
      "BatchSampler",
      "ConcatDataset",
      "DataLoader",
      "RandomSampler",
      "SequentialSampler",
      "Subset",
      "SubsetRandomSampler",
      "TensorDataset",
      "WeightedRandomSampler",
      "defaultCollate",
      "defaultConvert",
      "randomSplit",
    ]
  `);
});

test("for authors", () => {
  expect(Object.keys(extend)).toEqual(["resolveIndex", "resolveIndices"]);
});
