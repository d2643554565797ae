import { expect, test } from "vitest";
import * as nn from "../index.ts";
import { moduleCases, moduleLaws } from "./index.ts";

const names = Object.entries(nn)
  .filter(([name, value]) => typeof value === "function" && nn.isModule(value.prototype) && name !== "Module")
  .map(([name]) => name);

test("every module has a case", () => {
  expect(Object.keys(moduleCases).sort()).toEqual(names.sort());
});

for (const [name, cases] of Object.entries(moduleCases)) {
  cases.forEach((example, i) => {
    moduleLaws(cases.length === 1 ? name : `${name} (${i + 1})`, example);
  });
}
