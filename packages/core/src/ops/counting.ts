import type { Shape } from "../base/shape.ts";
import { made } from "../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { reshape } from "./broadcast.ts";

/** `0, 1, ..., n - 1` on the device of `like`. */
export function counting(like: Tensor, n: number, shape: Shape): Tensor {
  const data = Float64Array.from({ length: n }, (_, i) => i);
  const ladder = hostTensor("arange", { data, offset: 0, length: n, steps: null }, [n], "int64", like.device);
  return reshape(made(ladder, [like]), shape);
}
