import { expect, test } from "vitest";
import * as extend from "./extend.ts";
import * as optim from "./index.ts";
import names from "./torch-names.golden.json" with { type: "json" };

/** What the index holds that PyTorch has not, or not under that name. */
const OWN = [
  "isOptimizer", // isinstance(x, Optimizer), across copies of the package
];

test("the index holds what torch.optim and its lr_scheduler offer", () => {
  const torch = new Set([...names.optim, ...names.lrScheduler]);
  expect(Object.keys(optim).filter((name) => !torch.has(name))).toEqual(OWN);
});

test("for authors", () => {
  expect(Object.keys(extend)).toEqual(["notNegative", "positiveInteger", "twoBetas"]);
});
