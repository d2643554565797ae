import type { Tensor } from "@kindling/core";

/** Runs a kernel for floats over a tensor of any dtype: integers are converted, and rounded back. */
export function throughFloats(x: Tensor, kernel: (x: Tensor) => Tensor): Tensor {
  if (x.dtype === "float32") return kernel(x);
  const out = kernel(x.to("float32"));
  return (x.dtype === "bool" ? out : out.round()).to(x.dtype);
}
