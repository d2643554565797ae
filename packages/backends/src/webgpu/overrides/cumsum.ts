import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, sizeOf, typeOf } from "../compute.ts";

/**
 * Sums along `axis` from its start, or from its end. The backend writes the length into its shader, but keeps the shader under a name
 * without it, and so uses it for other lengths (4.22, cum_webgpu.js); it leaks a tensor for a transposed one (Cum_impl.js).
 */
export const cumsum: KernelOverride = (device, inputs, attrs) => {
  const { x } = inputs as { x: TensorInfo };
  const axis = attrs.axis as number;
  const [n, inner] = [x.shape[axis] as number, sizeOf(x.shape.slice(axis + 1))];
  const add = "total += x[at];";
  const write = "result[at] = total;";
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let first = index / uniforms.inner * uniforms.n * uniforms.inner + index % uniforms.inner;
      var total = ${typeOf(x)}(0);
      for (var i = 0; i < uniforms.n; i++) {
        let at = first + ${attrs.reverse === true ? "(uniforms.n - 1 - i)" : "i"} * uniforms.inner;
        ${attrs.exclusive === true ? write + add : add + write}
      }
    }`;
  const threads = sizeOf(x.shape) / n;
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: x.dtype, uniforms: { n, inner }, threads, code })];
};
