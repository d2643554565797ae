import { expect, test } from "vitest";
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
      "resolveIndex",
      "resolveIndices",
    ]
  `);
});
