import { expect, test } from "vitest";
import * as extend from "./extend.ts";
import * as optim from "./index.ts";

test("the public API", () => {
  expect(Object.keys(optim).sort()).toMatchInlineSnapshot(`
    [
      "Adam",
      "AdamW",
      "LRScheduler",
      "Optimizer",
      "SGD",
      "StepLR",
      "isOptimizer",
    ]
  `);
});

test("for authors", () => {
  expect(Object.keys(extend)).toEqual(["notNegative", "positiveInteger", "twoBetas"]);
});
