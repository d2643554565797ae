import { expect, test } from "vitest";
import * as index from "../index.ts";
import { callbackCases, callbackLaws } from "./index.ts";

const methodsOf = (value: unknown): string[] =>
  typeof value === "function" ? Object.getOwnPropertyNames(value.prototype ?? {}) : [];
const isCallback = (value: unknown): boolean => methodsOf(value).some((name) => /^on[A-Z]/.test(name));
const callbacks = Object.entries(index)
  .filter(([, value]) => isCallback(value))
  .map(([name]) => name);

test("every callback of the index has a case", () => {
  expect(Object.keys(callbackCases).sort()).toEqual(callbacks.sort());
});

test("beside callbacks, the index holds", () => {
  expect(Object.keys(index).filter((name) => !callbacks.includes(name))).toEqual([
    "History",
    "readCheckpoint",
    "Trainer",
  ]);
});

for (const [name, make] of Object.entries(callbackCases)) callbackLaws(name, make);
