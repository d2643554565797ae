import type { KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute, typeOf } from "../compute.ts";

/**
 * Sums along `dim` from its start, or from its end. The backend writes the length into its shader, but keeps the shader under a name
 * without it, and so uses it for other lengths (4.22, cum_webgpu.js); it leaks a tensor for a transposed one (Cum_impl.js).
 */
export const cumsum: KernelOverride<"cumsum"> = (device, { x }, { dim, reverse }) => {
  const [n, inner] = [x.shape[dim] as number, numel(x.shape.slice(dim + 1))];
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let first = index / uniforms.inner * uniforms.n * uniforms.inner + index % uniforms.inner;
      var total = ${typeOf(x)}(0);
      for (var i = 0; i < uniforms.n; i++) {
        let at = first + ${reverse ? "(uniforms.n - 1 - i)" : "i"} * uniforms.inner;
        total += x[at];
        result[at] = total;
      }
    }`;
  const threads = numel(x.shape) / n;
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: x.dtype, uniforms: { n, inner }, threads, code })];
};
