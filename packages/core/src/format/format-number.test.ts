import { describe, expect, test } from "vitest";
import { formatExponential, formatFixed } from "./format-number.ts";

describe("formatFixed", () => {
  test.each([
    [0.5, 0, "0"],
    [1.5, 0, "2"],
    [2.5, 0, "2"],
    [-2.5, 0, "-2"],
    [9.5, 0, "10"],
    [0.03125, 4, "0.0312"],
    [0.09375, 4, "0.0938"],
    [0.15, 1, "0.1"],
    [0.25, 1, "0.2"],
    [1.00005, 4, "1.0001"],
    [-0, 4, "-0.0000"],
    [-0.00001, 4, "-0.0000"],
    [1e21, 0, "1000000000000000000000"],
    [-1e23, 2, "-99999999999999991611392.00"],
    [Number.NaN, 4, "nan"],
    [Number.POSITIVE_INFINITY, 4, "inf"],
    [Number.NEGATIVE_INFINITY, 4, "-inf"],
  ])("%f with %i digits is %s", (x, digits, text) => expect(formatFixed(x, digits)).toBe(text));
});

describe("formatExponential", () => {
  test.each([
    [0, 4, "0.0000e+00"],
    [-0, 4, "-0.0000e+00"],
    [100005, 4, "1.0000e+05"],
    [100015, 4, "1.0002e+05"],
    [1e-7, 4, "1.0000e-07"],
    [1.5e300, 2, "1.50e+300"],
    [85, 0, "8e+01"],
    [75, 0, "8e+01"],
    [95, 0, "1e+02"],
    [-1234.5, 3, "-1.234e+03"],
    [Number.NaN, 4, "nan"],
    [Number.NEGATIVE_INFINITY, 4, "-inf"],
  ])("%f with %i digits is %s", (x, digits, text) => expect(formatExponential(x, digits)).toBe(text));
});
