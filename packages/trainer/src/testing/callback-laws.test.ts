import { expect, test } from "vitest";
import * as index from "../index.ts";
import { callbackCases, callbackLaws } from "./index.ts";

for (const [name, make] of Object.entries(callbackCases)) callbackLaws(name, make);

test("every callback of the index is among the cases", () => {
  const callbacks = Object.entries(index).filter(
    ([, value]) => "onEpochEnd" in Object((value as { prototype?: object }).prototype),
  );
  expect(Object.keys(callbackCases).sort()).toEqual(callbacks.map(([name]) => name).sort());
});
