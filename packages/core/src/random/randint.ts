import { ValueError } from "../errors.ts";
import type { Generator } from "./generator.ts";
import { modulo64 } from "./modulo64.ts";

/** From here on a 32-bit draw would favour small numbers visibly (by 5%); PyTorch then draws 64 bits. */
const WIDE = 2 ** 28;

/**
 * `n` integers of [low, high): `low + draw % (high - low)` (`randint`, `random_(from, to)`), from one draw each, or from
 * two where the range is 2^28 or more. The values for any other dtype are these, converted.
 *
 * @throws ValueError unless `low < high` are whole numbers and every value fits into 32 bits.
 */
export function randint(generator: Generator, n: number, low: number, high: number): Int32Array {
  checkBounds(low, high);
  const out = new Int32Array(n);
  const range = high - low;
  if (range >= WIDE) {
    for (let i = 0; i < n; i++) out[i] = low + modulo64(generator.random32(), generator.random32(), range);
    return out;
  }
  const draws = generator.fill32(new Uint32Array(out.buffer));
  for (let i = 0; i < n; i++) out[i] = low + ((draws[i] as number) % range);
  return out;
}

function checkBounds(low: number, high: number): void {
  if (!Number.isInteger(low) || !Number.isInteger(high)) {
    throw new ValueError("randint", "bounds must be whole numbers", `low is ${low}, high is ${high}`, "Round them.");
  }
  if (low >= high) {
    const rule = `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`;
    throw new ValueError("randint", rule, "", "The upper bound is not among the values.");
  }
  const wayOut = "Integers are int32 here: from -2147483648 to 2147483647.";
  if (low < -(2 ** 31)) throw new ValueError("randint", "from is out of bounds for int", String(low), wayOut);
  if (high > 2 ** 31) throw new ValueError("randint", "to - 1 is out of bounds for int", String(high), wayOut);
}
