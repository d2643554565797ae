import { expect, test } from "vitest";
import { logFloat, sinCosFloat } from "./cephes.ts";

const floats = (from: number, to: number) =>
  Array.from({ length: 5001 }, (_, i) => Math.fround(from + ((to - from) * i) / 5000));

test("the logarithm is right to two units in the last place", () => {
  for (const x of [...floats(2 ** -24, 1), 2 ** -24, 2 ** -10, 0.5, 0.75, 2, 1e30]) {
    expect(Math.abs(logFloat(x) - Math.log(x))).toBeLessThanOrEqual(2 ** -22 * Math.max(Math.abs(Math.log(x)), 0.5));
  }
  expect(logFloat(1)).toBe(0);
});

test("sine and cosine are right to 2^-23 over one turn", () => {
  const out = new Float32Array(2);
  for (const x of floats(0, 2 * Math.PI)) {
    sinCosFloat(x, out);
    expect(Math.abs((out[0] as number) - Math.sin(x))).toBeLessThan(2 ** -23);
    expect(Math.abs((out[1] as number) - Math.cos(x))).toBeLessThan(2 ** -23);
  }
});
