import { ShapeError, ValueError } from "../base/errors.ts";
import type { Generator } from "./generator.ts";
import { modulo64 } from "./modulo64.ts";

/** From here on a 32-bit draw would favour small numbers visibly; PyTorch then takes another path. */
const MANY = Math.floor((2 ** 32 - 1) / 20);
const CHUNK = 4096;

/**
 * The numbers 0 to n - 1 in a random order (`torch.randperm`), by Fisher and Yates: for each place in turn, what stands
 * there changes places with one of those from there on.
 *
 * @throws ShapeError if `n` is negative, ValueError if it is not whole.
 */
export function randperm(generator: Generator, n: number): Int32Array {
  if (!Number.isInteger(n)) {
    throw new ValueError("randperm", "randperm(): argument 'n' (position 1) must be int, not float", String(n), "");
  }
  if (n < 0) {
    const rule = `Trying to create tensor with negative dimension ${n}: [${n}]`;
    throw new ShapeError("randperm", rule, "", "n is how many numbers to shuffle.");
  }
  const out = new Int32Array(n);
  if (n >= MANY) return insideOut(generator, out);
  for (let i = 0; i < n; i++) out[i] = i;
  const draws = new Uint32Array(Math.min(CHUNK, Math.max(n - 1, 0)));
  for (let start = 0; start < n - 1; start += CHUNK) {
    const chunk = generator.fill32(draws.subarray(0, Math.min(CHUNK, n - 1 - start)));
    for (let k = 0; k < chunk.length; k++) {
      const i = start + k;
      const other = i + ((chunk[k] as number) % (n - i));
      const value = out[i] as number;
      out[i] = out[other] as number;
      out[other] = value;
    }
  }
  return out;
}

/** The variant without a first pass, with 64-bit draws. */
function insideOut(generator: Generator, out: Int32Array): Int32Array {
  for (let i = 0; i < out.length; i++) {
    const other = modulo64(generator.random32(), generator.random32(), i + 1);
    out[i] = out[other] as number;
    out[other] = i;
  }
  return out;
}
