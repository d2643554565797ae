import { expect, test } from "vitest";
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
      "notNegative",
      "positiveInteger",
      "twoBetas",
    ]
  `);
});
