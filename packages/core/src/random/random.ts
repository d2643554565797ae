import { allocate, DTYPES, type DType, type TypedArray } from "../base/dtype.ts";
import { ValueError } from "../base/errors.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` values of `random_()` without bounds: 0 to the greatest integer of the dtype, 0 to 2^24 for `float32` and 2^53 for `float64`, 0 or 1 for
 * bool. One draw each, of 64 bits for `float64`.
 *
 * @throws ValueError for `int64`: PyTorch's values go to 2^63
 */
export function random(generator: Generator, n: number, dtype: DType): TypedArray {
  const out = allocate(dtype, n);
  const most = DTYPES[dtype].random;
  if (dtype === "int64") {
    throw new ValueError(
      "random_",
      "the values of int64 go from 0 to 2^63, and are exact up to 2^53 here",
      "",
      "Give bounds: x.random_(0, 2 ** 53 - 1).",
    );
  }
  if (dtype === "float64") {
    for (let i = 0; i < n; i++) out[i] = Number(generator.random64() % (BigInt(most) + 1n));
    return out;
  }
  const draws = generator.fill32(new Uint32Array(n));
  for (let i = 0; i < n; i++) out[i] = (draws[i] as number) % (most + 1);
  return out;
}

/**
 * 0 to 2^63 - 1: `torch.empty((), dtype=torch.int64).random_().item()`, which is how PyTorch's `DataLoader` draws its
 * base seed and its sampler's.
 */
export function random63(generator: Generator): bigint {
  return BigInt.asUintN(63, generator.random64());
}
