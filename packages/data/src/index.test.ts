import { expect, test } from "vitest";
import * as extend from "./extend.ts";
import * as index from "./index.ts";
import names from "./torch-names.golden.json" with { type: "json" };

/** What the index holds that PyTorch has not. */
const OWN = [
  "ArrayDataset", // a list there, which needs no class
];

test("the index holds what torch.utils.data offers", () => {
  expect(Object.keys(index).filter((name) => !names.data.includes(name))).toEqual(OWN);
});

test("for authors", () => {
  expect(Object.keys(extend)).toEqual(["resolveIndex", "resolveIndices"]);
});
