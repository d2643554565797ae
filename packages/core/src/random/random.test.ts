import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { random, random63 } from "./random.ts";

test("each dtype has its own bound", () => {
  const most = (dtype: "float32" | "int32" | "uint8" | "bool") => Math.max(...random(new Generator(0), 5000, dtype));
  expect(most("bool")).toBe(1);
  expect(most("uint8")).toBe(255);
  expect(most("int32")).toBeGreaterThan(2 ** 30);
  expect(most("float32")).toBeLessThanOrEqual(2 ** 24);
});

test("random63 drops the sign bit of 64", () => {
  const whole = new Generator(1);
  const generator = new Generator(1);
  for (let i = 0; i < 20; i++) expect(random63(generator)).toBe(whole.random64() & (2n ** 63n - 1n));
});
