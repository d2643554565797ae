import { Linear } from "@kindling/nn";
import { expect, test } from "vitest";
import { OPTIMIZERS } from "./config.ts";
import { makeOptimizer } from "./optimizers.ts";

test("each name is the optimizer that PyTorch calls so", () => {
  using net = new Linear(1, 1);
  const made = OPTIMIZERS.map((optimizer) => String(makeOptimizer({ optimizer, lr: 0.25 }, net.parameters())));
  expect(made.map((text) => text.split(" ", 1)[0])).toEqual(["SGD", "SGD", "Adam", "AdamW"]);
  expect(made.every((text) => /lr: 0.25/.test(text))).toBe(true);
  expect(made.map((text) => /momentum: (\S+)/.exec(text)?.[1])).toEqual(["0", "0.9", undefined, undefined]);
});
