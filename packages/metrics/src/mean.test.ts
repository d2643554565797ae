import { memory, scope, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { Mean } from "./mean.ts";
import { metricLaws } from "./testing/metric-laws.ts";

type Inputs = Parameters<Mean["update"]>;

metricLaws<Inputs, number>("Mean", {
  make: () => new Mean(),
  batches: () => [
    [tensor(2), 500],
    [tensor(4), 500],
    [tensor(8), 100],
    [3, 10],
  ],
  expected: (2 * 500 + 4 * 500 + 8 * 100 + 3 * 10) / 1110,
});

metricLaws<Inputs, number>("Mean, weights that are tensors", {
  make: () => new Mean(),
  batches: () => [
    [tensor([1, 2, 3]), tensor([1, 0, 2])],
    [
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([1, 3]),
    ],
    [5, tensor([0.5, 0.5])],
    [tensor([6, 8])],
  ],
  expected: (7 + (1 + 6 + 3 + 12) + 5 + 14) / (3 + 8 + 1 + 2),
});

test("a mean over samples: the ragged last batch counts for what it is", async () => {
  const mean = new Mean();
  mean.update(tensor(1), 500);
  mean.update(tensor(3), 250);
  expect(await mean.compute()).toBeCloseTo(5 / 3, 14);
});

test("before the first update there is no value", async () => {
  expect(await new Mean().compute()).toBeNaN();
});

describe("added up in double precision", () => {
  test("small values after a large one", async () => {
    const mean = new Mean();
    mean.update(2 ** 24, 1);
    const one = tensor(1);
    for (let i = 0; i < 5000; i++) mean.update(one);
    expect(await mean.compute()).toBe((2 ** 24 + 5000) / 5001); // in floats, 2^24 + 1 is 2^24
  });

  test("terms that cancel", async () => {
    const mean = new Mean();
    for (const value of [1e8, 1.5, -1e8]) mean.update(tensor(value));
    expect(await mean.compute()).toBe(0.5);
  });
});

test("a long epoch holds few tensors, and none when it is over", async () => {
  const mean = new Mean();
  const before = memory().tensors;
  let most = 0;
  for (let step = 0; step < 2000; step++) {
    scope(() => mean.update(tensor([step, step]).mean(), 2));
    most = Math.max(most, memory().tensors - before);
  }
  expect(most).toBeLessThan(300);
  expect(await mean.compute()).toBe(999.5);
  expect(memory().tensors - before).toBeLessThanOrEqual(1);
  mean.reset();
  expect(memory().tensors).toBe(before);
});

test("which update was the first that is not finite", async () => {
  const mean = new Mean();
  for (let i = 0; i < 600; i++) mean.update(i % 3 === 0 ? 1 : tensor(i), 2);
  expect(await mean.firstNonFinite()).toBe(null);
  mean.update(tensor(Number.POSITIVE_INFINITY));
  mean.update(tensor([1, Number.NaN]));
  mean.update(Number.NaN);
  expect(await mean.compute()).toBeNaN();
  expect(await mean.firstNonFinite()).toBe(600);
  mean.reset();
  mean.update(1);
  mean.update(Number.NaN);
  mean.update(tensor(Number.NaN), tensor(2));
  expect(await mean.firstNonFinite()).toBe(1);
});
