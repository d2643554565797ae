import { expect, test } from "vitest";
import * as optim from "../index.ts";
import { optimizerCases, optimizerLaws } from "./index.ts";

const names = Object.entries(optim)
  .filter(([name, value]) => typeof value === "function" && optim.isOptimizer(value.prototype) && name !== "Optimizer")
  .map(([name]) => name);

test("every optimizer has a case", () => {
  expect(Object.keys(optimizerCases).sort()).toEqual(names.sort());
});

for (const [name, cases] of Object.entries(optimizerCases)) {
  cases.forEach((make, i) => {
    optimizerLaws(cases.length === 1 ? name : `${name} (${i + 1})`, make);
  });
}
