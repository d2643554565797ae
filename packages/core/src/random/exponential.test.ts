import { expect, test } from "vitest";
import { exponential } from "./exponential.ts";
import { Generator } from "./generator.ts";

test("the mean is one over lambda", () => {
  const values = exponential(new Generator(0), 100_000, 4);
  expect(values.reduce((sum, x) => sum + x, 0) / values.length).toBeCloseTo(0.25, 2);
  expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThan(0);
});

test("a rate that is not positive is refused in PyTorch's words", () => {
  expect(() => exponential(new Generator(0), 3, 0)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: exponential: exponential_ expects lambda > 0.0, but found lambda=0. lambda is the rate, one over the mean.]`,
  );
  expect(() => exponential(new Generator(0), 3, Number.NaN)).toThrow("exponential_ expects lambda > 0.0");
});
