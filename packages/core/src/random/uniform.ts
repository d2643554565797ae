import { ValueError } from "../base/errors.ts";
import { fusedMultiplyAdd } from "./fused-multiply-add.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` floats of [low, high), one draw each: `u * (high - low) + low` with 24-bit `u`, rounded once (`uniform_`, `rand`).
 *
 * @throws ValueError if `low > high`, or if one of them or their distance is no float.
 */
export function uniform(generator: Generator, n: number, low = 0, high = 1): Float32Array {
  const from = Math.fround(low);
  const to = Math.fround(high);
  checkRange(low, high);
  const range = Math.fround(to - from);
  const out = new Float32Array(n);
  const draws = generator.fill32(new Uint32Array(out.buffer));
  for (let i = 0; i < n; i++) {
    const u = ((draws[i] as number) & 0xffffff) * 2 ** -24;
    const value = fusedMultiplyAdd(u, range, from);
    out[i] = value === to ? from : value;
  }
  return out;
}

function checkRange(low: number, high: number): void {
  for (const [name, value] of [
    ["from", low],
    ["to", high],
  ] as const) {
    if (!Number.isFinite(Math.fround(value))) {
      throw new ValueError("uniform", `${name} is out of bounds for float`, String(value), "Pass two finite floats.");
    }
  }
  if (low > high) {
    const rule = `uniform_ expects to return a [from, to) range, but found from=${low} > to=${high}`;
    throw new ValueError("uniform", rule, "", "Pass the lower bound first.");
  }
  if (!Number.isFinite(Math.fround(high - low))) {
    throw new ValueError(
      "uniform",
      `uniform_ expects to-from <= std::numeric_limits<Float>::max(), but found to=${high} and from=${low} which result in to-from to exceed the limit`,
      "",
      "Bring the bounds nearer to each other.",
    );
  }
}
