import { expect, test } from "vitest";
import * as transforms from "../index.ts";
import { transformCases, transformLaws } from "./index.ts";

const names = Object.entries(transforms)
  .filter(
    ([, value]) => typeof value === "function" && "apply" in value.prototype && value !== transforms.CallableTransform,
  )
  .map(([name]) => name);

test("every transform has a case", () => {
  expect(Object.keys(transformCases)).toEqual(names);
});

for (const [name, cases] of Object.entries(transformCases)) {
  cases.forEach((example, i) => {
    transformLaws(cases.length === 1 ? name : `${name} (${i + 1})`, example);
  });
}
