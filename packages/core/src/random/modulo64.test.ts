import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { modulo64 } from "./modulo64.ts";

test("is the remainder of the 64-bit number", () => {
  const generator = new Generator(2);
  const top = 2 ** 32 - 1;
  const cases = [
    [top, top, 2 ** 32],
    [top, top, top],
    [top, 0, 2 ** 31 + 1],
    [0, top, 1],
    [0, 0, 3],
  ];
  for (let i = 0; i < 1000; i++) cases.push([generator.random32(), generator.random32(), generator.random32() + 1]);
  for (const [high, low, divisor] of cases as [number, number, number][]) {
    expect(modulo64(high, low, divisor)).toBe(Number(((BigInt(high) << 32n) | BigInt(low)) % BigInt(divisor)));
  }
});
