import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { uniform } from "./uniform.ts";

test("stays below the upper bound, even where rounding would reach it", () => {
  const values = uniform(new Generator(0), 10000, 2 ** 24 - 1, 2 ** 24 + 2);
  expect(Math.max(...values)).toBeLessThan(2 ** 24 + 2);
  expect(Math.min(...values)).toBe(2 ** 24 - 1);
});

test("equal bounds give the bound, and the draws are taken all the same", () => {
  const generator = new Generator(0);
  expect(uniform(generator, 2, 3, 3)).toEqual(Float32Array.of(3, 3));
  expect(generator.random32()).toBe(new Generator(0).fill32(new Uint32Array(3))[2]);
});

test("bounds that make no sense are refused in PyTorch's words", () => {
  const draw = (low: number, high: number) => () => uniform(new Generator(0), 3, low, high);
  expect(draw(1, 0)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: uniform: uniform_ expects to return a [from, to) range, but found from=1 > to=0. Pass the lower bound first.]`,
  );
  expect(draw(-3e38, 3e38)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: uniform: uniform_ expects to-from <= std::numeric_limits<Float>::max(), but found to=3e+38 and from=-3e+38 which result in to-from to exceed the limit. Bring the bounds nearer to each other.]`,
  );
  expect(draw(Number.NaN, 0)).toThrow("from is out of bounds for float");
  expect(draw(0, 1e39)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: uniform: to is out of bounds for float: 1e+39. Pass two finite floats.]`,
  );
});
