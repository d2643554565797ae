import { expect, test } from "vitest";
import * as transforms from "./index.ts";
import names from "./torchvision-names.golden.json" with { type: "json" };

/** What the index holds that torchvision has not, or not under that name. */
const OWN = [
  "CallableTransform", // v2.Transform, the base class
];

test("the index holds what torchvision.transforms offers", () => {
  expect(Object.keys(transforms).filter((name) => !names.transforms.includes(name))).toEqual(OWN);
});
