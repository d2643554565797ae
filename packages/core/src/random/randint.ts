import { castScalar } from "../base/cast.ts";
import { type ArrayOf, allocate, DTYPES, type DType } from "../base/dtype.ts";
import { ValueError } from "../base/errors.ts";
import type { Generator } from "./generator.ts";
import { modulo64 } from "./modulo64.ts";

/** From here on a 32-bit draw would favour small numbers visibly (by 5%); PyTorch then draws 64 bits. */
const WIDE = 2 ** 28;

/**
 * `n` integers of [low, high): `low + draw % (high - low)` (`randint`, `random_(from, to)`), from one draw each, or from
 * two where the range is 2^28 or more. The dtype does not change them.
 *
 * @throws ValueError unless `low < high` are whole numbers and every value fits into the dtype.
 */
export function randint<D extends DType = "int64">(
  generator: Generator,
  n: number,
  low: number,
  high: number,
  dtype: D = "int64" as D,
): ArrayOf<D> {
  checkBounds(low, high, dtype);
  const out = allocate(dtype, n) as ArrayOf<D>;
  const range = high - low;
  if (range >= WIDE) {
    for (let i = 0; i < n; i++) {
      out[i] = castScalar(low + modulo64(generator.random32(), generator.random32(), range), dtype);
    }
  } else {
    const draws = generator.fill32(new Uint32Array(n));
    for (let i = 0; i < n; i++) out[i] = castScalar(low + ((draws[i] as number) % range), dtype);
  }
  return out;
}

function checkBounds(low: number, high: number, dtype: DType): void {
  if (!Number.isInteger(low) || !Number.isInteger(high)) {
    throw new ValueError("randint", "bounds must be whole numbers", `low is ${low}, high is ${high}`, "Round them.");
  }
  if (low >= high) {
    const rule = `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`;
    throw new ValueError("randint", rule, "", "The upper bound is not among the values.");
  }
  const {
    drawn: [least, most],
    cpp: { type: name },
  } = DTYPES[dtype];
  const wayOut = `Values of ${dtype} go from ${least} to ${most}.`;
  if (low < least) throw new ValueError("randint", `from is out of bounds for ${name}`, String(low), wayOut);
  if (high - 1 > most) throw new ValueError("randint", `to - 1 is out of bounds for ${name}`, String(high), wayOut);
}
