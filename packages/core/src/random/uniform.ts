import { castArray, castScalar } from "../base/cast.ts";
import { DTYPES, type DType, type TypedArray } from "../base/dtype.ts";
import { ValueError } from "../base/errors.ts";
import { fusedMultiplyAdd, fusedMultiplyAddOfDoubles } from "./fused-multiply-add.ts";
import type { Generator } from "./generator.ts";

/** `n` floats of a dtype, of [low, high): see `uniform`. Of `float64`, 53 bits of two draws each; halves are floats that are rounded. */
export function uniformOf(generator: Generator, n: number, low: number, high: number, dtype: DType): TypedArray {
  if (dtype === "float32") return uniform(generator, n, low, high);
  checkRange(low, high, dtype);
  if (dtype !== "float64") {
    const [from, to] = [castScalar(low, dtype), castScalar(high, dtype)];
    return castArray(uniform(generator, n, low, high), dtype).map((value) => (value === to ? from : value));
  }
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = fusedMultiplyAddOfDoubles(generator.random53(), high - low, low);
    out[i] = value === high ? low : value;
  }
  return out;
}

/**
 * `n` floats of [low, high), one draw each: `u * (high - low) + low` with 24-bit `u`, rounded once (`uniform_`, `rand`).
 *
 * @throws ValueError if `low > high`, or if one of them or their distance is no float.
 */
export function uniform(generator: Generator, n: number, low = 0, high = 1): Float32Array {
  const from = Math.fround(low);
  const to = Math.fround(high);
  checkRange(low, high, "float32");
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

function checkRange(low: number, high: number, dtype: DType): void {
  const name = DTYPES[dtype].cpp.type;
  const round = (value: number): number => castScalar(value, dtype);
  for (const [bound, value] of [
    ["from", low],
    ["to", high],
  ] as const) {
    if (!Number.isFinite(round(value))) {
      throw new ValueError(
        "uniform",
        `${bound} is out of bounds for ${name}`,
        String(value),
        "Pass two finite floats.",
      );
    }
  }
  if (low > high) {
    const rule = `uniform_ expects to return a [from, to) range, but found from=${low} > to=${high}`;
    throw new ValueError("uniform", rule, "", "Pass the lower bound first.");
  }
  if (!Number.isFinite(round(high - low))) {
    throw new ValueError(
      "uniform",
      `uniform_ expects to-from <= std::numeric_limits<${DTYPES[dtype].torch}>::max(), but found to=${high} and from=${low} which result in to-from to exceed the limit`,
      "",
      "Bring the bounds nearer to each other.",
    );
  }
}
