import type { Tensor } from "@kindling/core";
import { isInteger } from "@kindling/core/extend";

/**
 * Runs a kernel for `float32` over a tensor of any dtype: others are converted, and back; integers are rounded. Of `float64` the result has the
 * digits of `float32`.
 */
export function throughFloats(x: Tensor, kernel: (x: Tensor) => Tensor): Tensor {
  if (x.dtype === "float32") return kernel(x);
  const out = kernel(x.to("float32"));
  return (isInteger(x.dtype) ? out.round() : out).to(x.dtype);
}
