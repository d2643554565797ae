import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as api from "./index.ts";
import * as testing from "./testing/index.ts";

const tests = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".test.ts"));
const sources = tests.map((file) => readFileSync(join(import.meta.dirname, file), "utf8"));

const metrics = Object.entries(api)
  .filter(([, value]) => "update" in value.prototype && "compute" in value.prototype)
  .map(([name]) => name);

test.each(metrics)("the laws of %s are tried in the test beside it", (name) => {
  expect(sources.some((source) => new RegExp(`^metricLaws(<.*>)?\\("${name}\\b`, "m").test(source))).toBe(true);
});

test("beside metrics, the index holds", () => {
  expect(Object.keys(api).filter((name) => !metrics.includes(name))).toEqual(["ConfusionTable"]);
  expect(Object.keys(testing)).toEqual(["metricLaws"]);
});
