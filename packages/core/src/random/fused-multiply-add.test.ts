import { expect, test } from "vitest";
import { fusedMultiplyAdd } from "./fused-multiply-add.ts";
import { Generator } from "./generator.ts";

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** `value` as an integer times 2^-298, exactly: what every product of two floats is. */
function exact(value: number): bigint {
  let scaled = value;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return BigInt(scaled) << BigInt(298 - shift);
}

/** The float next to `value` on either side. */
function neighbours(value: number): number[] {
  return [-1, 1].map((step) => {
    float[0] = value;
    bits[0] = (bits[0] as number) + step;
    return float[0] as number;
  });
}

test("no float is nearer to the exact value", () => {
  const generator = new Generator(1);
  const draw = (exponents: number) => {
    const exponent = (generator.random32() % exponents) - exponents / 2;
    return Math.fround((generator.random24() + 1) * 2 ** exponent * (generator.random32() & 1 ? 1 : -1));
  };
  for (let i = 0; i < 3000; i++) {
    const [a, b, c] = [draw(20), draw(20), draw(60)] as const;
    const got = fusedMultiplyAdd(a, b, c);
    const wanted = (exact(a) * exact(b)) / 2n ** 298n + exact(c);
    const distance = (x: number) => (exact(x) > wanted ? exact(x) - wanted : wanted - exact(x));
    for (const other of neighbours(got)) expect(distance(got) <= distance(other)).toBe(true);
  }
});

test("a sum that a double rounds onto the middle of two floats goes the right way", () => {
  const next = 1 + 2 ** -23;
  // (2^36 + 1) and (2^36 - 1), times 2^-60: a little more and a little less than half a unit in the last place of 1
  const more = [1774001 * 2 ** -30, 38737 * 2 ** -30] as const;
  const less = [262143 * 2 ** -30, 262145 * 2 ** -30] as const;
  expect(Math.fround(more[0] * more[1] + 1)).toBe(1);
  expect(fusedMultiplyAdd(...more, 1)).toBe(next);
  expect(fusedMultiplyAdd(...less, 1)).toBe(1);
  expect(Math.fround(-less[0] * less[1] + next)).toBe(1);
  expect(fusedMultiplyAdd(-less[0], less[1], next)).toBe(next);
  expect(fusedMultiplyAdd(-more[0], more[1], -1)).toBe(-next);
  expect(fusedMultiplyAdd(1, 2 ** -24, 1)).toBe(1); // a true tie, to the even one
});

test("infinities and NaN pass through", () => {
  expect(fusedMultiplyAdd(Number.POSITIVE_INFINITY, 1, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(fusedMultiplyAdd(3e38, 3e38, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(fusedMultiplyAdd(Number.NaN, 1, 1)).toBeNaN();
});
