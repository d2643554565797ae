import { expect, test } from "vitest";
import * as transforms from "./index.ts";
import golden from "./transforms.golden.json";

test.each(golden.printed)("$transform prints as in torchvision", ({ transform, text }) => {
  const make = new Function(...Object.keys(transforms), `return ${transform}`) as (...classes: unknown[]) => object;
  expect(String(make(...Object.values(transforms)))).toBe(text);
});
