import { type Tensor, zeros } from "@kindling/core";
import { Net, Net2 } from "@kindling/recipes";
import { saveSync } from "@kindling/safetensors";
import { expect, test } from "vitest";
import { Refusal } from "../protocol/refusal.ts";
import { LIMITS } from "../settings/limits.ts";
import { acceptWeights } from "./accept-weights.ts";

/** The sentence that the page refuses a file with; undefined for one that it accepts. */
function refusalOf(file: Uint8Array): unknown {
  try {
    acceptWeights(file);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
}

const layer = (name: string, units: number, inputs: number): Record<string, Tensor> => ({
  [`${name}.weight`]: zeros([units, inputs]),
  [`${name}.bias`]: zeros([units]),
});

test("the largest networks that can be chosen are accepted, and one unit more is not", () => {
  const { hidden } = LIMITS;
  expect(refusalOf(saveSync({ ...layer("l1", hidden, 784), ...layer("l2", 10, hidden) }))).toBeUndefined();
  const two = { ...layer("l1", hidden, 784), ...layer("l2", hidden, hidden), ...layer("l3", 10, hidden) };
  expect(refusalOf(saveSync(two))).toBeUndefined();
  expect(refusalOf(saveSync({ ...layer("l1", hidden + 1, 784), ...layer("l2", 10, hidden + 1) }))).toEqual({
    key: "refusedUnits",
    values: { hidden: "2,049", most: "2,048" },
  });
});

test("a network for other images is refused", () => {
  const key = "refusedImages";
  const values = { pixels: 784, classes: 10 };
  expect(refusalOf(saveSync(new Net(100, 10, 8).stateDict()))).toEqual({
    key,
    values: { ...values, input: 100, output: 10 },
  });
  expect(refusalOf(saveSync(new Net2(784, 7, 8).stateDict()))).toEqual({
    key,
    values: { ...values, input: 784, output: 7 },
  });
});

test("a file of more bytes than the limit is refused before it is read", () => {
  expect(refusalOf(new Uint8Array(LIMITS.fileBytes + 1))).toEqual({
    key: "refusedBytes",
    values: { size: "64.0", most: 64 },
  });
});
