import { describe, expect, test } from "vitest";
import { median } from "./median.ts";

describe("median", () => {
  test("is the middle one, or between the middle two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
