import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as index from "../index.ts";

const folder = join(import.meta.dirname, "../callbacks");
const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
const sources = tests.map((file) => readFileSync(join(folder, file), "utf8"));

const methodsOf = (value: unknown): string[] =>
  typeof value === "function" ? Object.getOwnPropertyNames(value.prototype ?? {}) : [];
const isCallback = (value: unknown): boolean => methodsOf(value).some((name) => /^on[A-Z]/.test(name));
const callbacks = Object.entries(index)
  .filter(([, value]) => isCallback(value))
  .map(([name]) => name);

test.each(callbacks)("the laws of %s are tried in the test beside it", (name) => {
  expect(sources.some((source) => new RegExp(`^callbackLaws\\("${name}\\b`, "m").test(source))).toBe(true);
});

test("beside callbacks, the index holds", () => {
  expect(Object.keys(index).filter((name) => !callbacks.includes(name))).toEqual([
    "History",
    "readCheckpoint",
    "Trainer",
  ]);
});
