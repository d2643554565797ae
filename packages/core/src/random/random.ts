import { allocate, DTYPES, type DType, type TypedArray } from "../base/dtype.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` values of `random_()` without bounds: 0 to the greatest integer of the dtype, 0 to 2^24 for floats, 0 or 1 for
 * bool. One draw each.
 */
export function random(generator: Generator, n: number, dtype: DType): TypedArray {
  const out = allocate(dtype, n);
  const draws = generator.fill32(new Uint32Array(n));
  const count = DTYPES[dtype].random + 1;
  for (let i = 0; i < n; i++) out[i] = (draws[i] as number) % count;
  return out;
}

/**
 * 0 to 2^63 - 1: `torch.empty((), dtype=torch.int64).random_().item()`, which is how PyTorch's `DataLoader` draws its
 * base seed and its sampler's.
 */
export function random63(generator: Generator): bigint {
  return BigInt.asUintN(63, generator.random64());
}
