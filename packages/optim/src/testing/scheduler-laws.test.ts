import { expect, test } from "vitest";
import * as optim from "../index.ts";
import { schedulerCases, schedulerLaws } from "./index.ts";

const names = Object.entries(optim)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof optim.LRScheduler)
  .map(([name]) => name);

test("every scheduler has a case", () => {
  expect(Object.keys(schedulerCases).sort()).toEqual(names.sort());
});

for (const [name, cases] of Object.entries(schedulerCases)) {
  cases.forEach((make, i) => {
    schedulerLaws(cases.length === 1 ? name : `${name} (${i + 1})`, make);
  });
}
