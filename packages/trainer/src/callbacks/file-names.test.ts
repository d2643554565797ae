import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as index from "../index.ts";
import { CsvLogger } from "./csv-logger.ts";
import { ModelCheckpoint } from "./model-checkpoint.ts";

const write = () => {};

/** The callbacks that take the name of a file. */
const NAMED = { CsvLogger, ModelCheckpoint };

test.each(["../../escaped", "a/b", "a\\b", "/tmp/escaped", "C:escaped", "nul", "a\0b", ""])(
  "%j is no file name",
  (name) => {
    for (const Named of Object.values(NAMED)) {
      expect(() => new Named({ write, filename: name })).toThrow("filename must be the plain name of a file or folder");
    }
  },
);

test("a checkpoint cannot say where the best model is, but for its name", () => {
  const checkpoint = new ModelCheckpoint({ write });
  const state = { bestScore: 1, bestModelPath: "../../escaped", bestEpoch: 1 };
  expect(() => checkpoint.loadStateDict(state)).toThrow("bestModelPath must be the plain name of a file or folder");
  expect(checkpoint.stateDict()).toEqual(new ModelCheckpoint({ write }).stateDict());
});

test("no other callback takes the name of a file", () => {
  const taking = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => /filename\??:/.test(readFileSync(join(import.meta.dirname, file), "utf8")));
  expect(taking).toEqual(["csv-logger.ts", "model-checkpoint.ts"]);
  expect(Object.keys(index)).toEqual(expect.arrayContaining(Object.keys(NAMED)));
});
