import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as transforms from "../index.ts";

const folder = join(import.meta.dirname, "..");
const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
const sources = tests.map((file) => readFileSync(join(folder, file), "utf8"));

const names = Object.entries(transforms)
  .filter(([, value]) => typeof value === "function" && "apply" in value.prototype)
  .map(([name]) => name);

test.each(names)("the laws of %s are tried in the test beside it", (name) => {
  expect(sources.some((source) => new RegExp(`^transformLaws\\("${name}\\b`, "m").test(source))).toBe(true);
});
