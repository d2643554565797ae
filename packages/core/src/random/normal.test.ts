import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { normal } from "./normal.ts";

test("an odd number out waits for the next call, of any size under 16", () => {
  const parts = new Generator(0);
  const together = normal(new Generator(0), 8);
  expect([...normal(parts, 3), ...normal(parts, 5)]).toEqual([...together]);
});

test("from 16 on the number left over is not used up", () => {
  const generator = new Generator(0);
  normal(generator, 1);
  const waiting = generator.clone().takeCachedNormal();
  normal(generator, 16);
  expect(generator.takeCachedNormal()).toBe(waiting);
  expect(generator.takeCachedNormal()).toBeUndefined();
});

test("mean and standard deviation are those asked for", () => {
  const values = normal(new Generator(0), 100_000, 3, 0.5);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  expect(mean).toBeCloseTo(3, 2);
  expect(Math.sqrt(variance)).toBeCloseTo(0.5, 2);
});

test("a standard deviation of 0 gives the mean", () => {
  expect(new Set(normal(new Generator(0), 33, 2, 0))).toEqual(new Set([2]));
});

test("a negative standard deviation is refused in PyTorch's words", () => {
  expect(() => normal(new Generator(0), 3, 0, -1)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: normal: normal expects std >= 0.0, but found std -1. Pass a standard deviation.]`,
  );
  expect(() => normal(new Generator(0), 3, 0, Number.NaN)).toThrow("normal expects std >= 0.0");
});
