import { expect, test } from "vitest";
import * as extend from "./extend.ts";
import * as optim from "./index.ts";
import names from "./torch-names.golden.json" with { type: "json" };

/** What the index holds that PyTorch has not, or not under that name. */
const OWN = [
  "isOptimizer", // isinstance(x, Optimizer), across copies of the package
  "lrScheduler", // a module there
];

test("the index holds what torch.optim and its lr_scheduler offer", () => {
  const torch = new Set([...names.optim, ...names.lrScheduler]);
  expect(Object.keys(optim).filter((name) => !torch.has(name))).toEqual(OWN);
});

test("lrScheduler holds what torch.optim.lr_scheduler offers, and the index the same", () => {
  const all: Readonly<Record<string, unknown>> = optim;
  expect(Object.keys(optim.lrScheduler)).toContain("StepLR");
  for (const [name, value] of Object.entries(optim.lrScheduler)) {
    expect(names.lrScheduler).toContain(name);
    expect(all[name], name).toBe(value);
  }
  const schedulers = Object.keys(optim).filter(
    (name) => names.lrScheduler.includes(name) && !names.optim.includes(name),
  );
  expect(schedulers.sort()).toEqual(Object.keys(optim.lrScheduler).sort());
});

test("for authors", () => {
  expect(Object.keys(extend)).toEqual(["notNegative", "positiveInteger", "twoBetas"]);
});
