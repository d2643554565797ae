import { ValueError } from "../base/errors.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` floats of the exponential distribution with rate `lambda`: `-ln(1 - u) / lambda` with a 53-bit `u` of two draws
 * (`exponential_`).
 *
 * @throws ValueError unless `lambda > 0`.
 */
export function exponential(generator: Generator, n: number, lambda = 1): Float32Array {
  if (!(lambda > 0)) {
    const rule = `exponential_ expects lambda > 0.0, but found lambda=${lambda}`;
    throw new ValueError("exponential", rule, "", "lambda is the rate, one over the mean.");
  }
  const out = new Float32Array(n);
  const scale = -1 / lambda;
  for (let i = 0; i < n; i++) out[i] = scale * Math.log1p(-generator.random53());
  return out;
}
