import { ValueError } from "../base/errors.ts";
import type { Generator } from "./generator.ts";

const CHUNK = 2048;

/**
 * `n` times 1 with probability `p`, else 0: `u < p` with a 53-bit `u` of two draws (`bernoulli_(p)`; dropout keeps an
 * element where this, with `1 - p`, is 1).
 *
 * @throws ValueError unless `0 <= p <= 1`.
 */
export function bernoulli(generator: Generator, n: number, p = 0.5): Uint8Array {
  if (!(p >= 0 && p <= 1)) {
    const rule = `bernoulli_ expects p to be in [0, 1], but got p=${p}`;
    throw new ValueError("bernoulli", rule, "", "A probability is meant.");
  }
  const out = new Uint8Array(n);
  const limit = p * 2 ** 53;
  const draws = new Uint32Array(2 * Math.min(CHUNK, n));
  for (let start = 0; start < n; start += CHUNK) {
    const count = Math.min(CHUNK, n - start);
    generator.fill32(draws.subarray(0, 2 * count));
    for (let i = 0; i < count; i++) {
      const u = ((draws[2 * i] as number) & 0x1fffff) * 2 ** 32 + (draws[2 * i + 1] as number);
      out[start + i] = u < limit ? 1 : 0;
    }
  }
  return out;
}

/**
 * As many numbers as there are probabilities: 1 where a 24-bit `u` of one draw is less than that of `p`, else 0
 * (`torch.bernoulli(p)`, `bernoulli_(p)` of a float32 tensor, which does not draw what `bernoulli_` of a number draws).
 *
 * @throws ValueError unless every `p` is in [0, 1].
 */
export function bernoulliEach(generator: Generator, p: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(p.length);
  for (let i = 0; i < out.length; i++) {
    const probability = p[i] as number;
    if (!(probability >= 0 && probability <= 1)) {
      throw new ValueError(
        "bernoulli",
        "Expected p_in >= 0 && p_in <= 1 to be true, but got false",
        `element ${i} is ${probability}`,
        "Every probability must be in [0, 1].",
      );
    }
    out[i] = generator.random24() < probability ? 1 : 0;
  }
  return out;
}
