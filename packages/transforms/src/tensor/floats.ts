import type { Tensor } from "@kindling/core";
import { isFloat } from "@kindling/core/extend";

/** Runs a kernel for floats over a tensor of any dtype: integers are converted, and rounded back; halves are computed as `float32`. */
export function throughFloats(x: Tensor, kernel: (x: Tensor) => Tensor): Tensor {
  if (x.dtype === "float32" || x.dtype === "float64") return kernel(x);
  const out = kernel(x.to("float32"));
  return (x.dtype === "bool" || isFloat(x.dtype) ? out : out.round()).to(x.dtype);
}
