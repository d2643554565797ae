import { expect, test } from "vitest";
import * as index from "./index.ts";
import * as testing from "./testing/index.ts";

test("the public API", () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "CsvLogger",
      "EarlyStopping",
      "History",
      "ModelCheckpoint",
      "ProgressBar",
      "TerminateOnNaN",
      "Trainer",
      "readCheckpoint",
    ]
  `);
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "callbackCases",
      "callbackLaws",
      "tinyTraining",
    ]
  `);
});
