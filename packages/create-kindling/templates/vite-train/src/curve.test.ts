import { expect, test } from "vitest";
import { runningMean } from "./curve.ts";

test("the running mean begins at the first value, and follows slowly", () => {
  expect(runningMean([])).toEqual([]);
  const [first, second = 0] = runningMean([2, 0]);
  expect(first).toBe(2);
  expect(second).toBeGreaterThan(0.9);
  expect(second).toBeLessThan(1);
  expect(runningMean([3, 3, 3]).at(-1)).toBeCloseTo(3, 9);
});
