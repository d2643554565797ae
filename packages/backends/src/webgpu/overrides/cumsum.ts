import type { KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute, typeOf } from "../compute.ts";

/**
 * Sums along `dim` from its start, or from its end. The backend writes the length into its shader, but keeps the shader under a name
 * without it, and so uses it for other lengths (4.22, cum_webgpu.js); it leaks a tensor for a transposed one (Cum_impl.js).
 */
export const cumsum: KernelOverride<"cumsum"> = (device, { x }, { dim, reverse }) => {
  const [n, inner] = [x.shape[dim] as number, numel(x.shape.slice(dim + 1))];
  const type = typeOf(x);
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let first = index / uniforms.inner * uniforms.n * uniforms.inner + index % uniforms.inner;
      // Terms, and the sums of 64, 4096 and 262144 of them: one sum after the other loses three digits of a million floats.
      var sums = array<${type}, 4>();
      for (var i = 0; i < uniforms.n; i++) {
        let at = first + ${reverse ? "(uniforms.n - 1 - i)" : "i"} * uniforms.inner;
        sums[0] += x[at];
        result[at] = sums[3] + (sums[2] + (sums[1] + sums[0]));
        if ((i & 63) == 63) {
          sums[1] += sums[0];
          sums[0] = ${type}(0);
          if ((i & 4095) == 4095) {
            sums[2] += sums[1];
            sums[1] = ${type}(0);
            if ((i & 262143) == 262143) {
              sums[3] += sums[2];
              sums[2] = ${type}(0);
            }
          }
        }
      }
    }`;
  const threads = numel(x.shape) / n;
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: x.dtype, uniforms: { n, inner }, threads, code })];
};
