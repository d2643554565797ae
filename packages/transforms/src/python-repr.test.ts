import { expect, test } from "vitest";
import * as transforms from "./index.ts";
import { repr, reprFloat } from "./python-repr.ts";
import golden from "./transforms.golden.json";

test.each(golden.printed)("$transform prints as in torchvision", ({ transform, text }) => {
  const make = new Function(...Object.keys(transforms), `return ${transform}`) as (...classes: unknown[]) => object;
  expect(String(make(...Object.values(transforms)))).toBe(text);
});

test("numbers print as Python's", () => {
  expect([1, 0.1, 1e-7, -2.5].map(repr)).toEqual(["1", "0.1", "1e-07", "-2.5"]);
  expect([10, -0.5, 1e-7, 1e22].map(reprFloat)).toEqual(["10.0", "-0.5", "1e-07", "1e+22"]);
});
