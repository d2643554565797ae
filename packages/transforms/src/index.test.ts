import { expect, test } from "vitest";
import * as transforms from "./index.ts";
import names from "./torchvision-names.golden.json" with { type: "json" };

test("the index holds what torchvision.transforms offers", () => {
  expect(Object.keys(transforms).filter((name) => !names.transforms.includes(name))).toEqual([]);
});
