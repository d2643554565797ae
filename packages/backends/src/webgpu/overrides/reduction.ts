import type { KernelOverride, ReductionKernel, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, GROUP } from "../compute.ts";

/** How two whole numbers become one, and what changes nothing. */
interface Reduction {
  readonly name: ReductionKernel;
  readonly start: string;
  readonly join: string;
}

/**
 * Whole numbers and bools, reduced as such. The backend takes them for floats, exact below 2^24 only, and transposes them by a shader
 * that does not compile for them (4.22, reduce_webgpu.js).
 */
function reduction({ name, start, join }: Reduction): KernelOverride<ReductionKernel> {
  return (device, { x }, attrs, outs) => {
    const [spec] = outs as [TensorSpec];
    if (x.dtype === "float32") return device.runNative(name, { x }, attrs, outs);
    const over = new Set(attrs.dims);
    const perm = x.shape.map((_, dim) => dim).sort((a, b) => Number(over.has(a)) - Number(over.has(b)) || a - b);
    const inOrder = perm.every((dim, i) => dim === i);
    const shape = perm.map((dim) => x.shape[dim] as number);
    const rows = inOrder
      ? x
      : (device.runKernel("permute", { x }, { dims: perm }, [{ ...spec, shape }])[0] as TensorInfo);
    const count = numel(spec.shape);
    const code = `
      var<workgroup> found : array<i32, ${GROUP}>;
      fn join(a : i32, b : i32) -> i32 { return ${join}; }
      fn main(index : i32) {
        let row = index / ${GROUP};
        var mine = i32(${start});
        if (row < uniforms.rows) {
          for (var i = i32(localId.x); i < uniforms.n; i += ${GROUP}) { mine = join(mine, x[row * uniforms.n + i]); }
        }
        found[localId.x] = mine;
        workgroupBarrier();
        for (var half = ${GROUP / 2}u; half > 0u; half = half / 2u) {
          if (localId.x < half) { found[localId.x] = join(found[localId.x], found[localId.x + half]); }
          workgroupBarrier();
        }
        if (localId.x == 0u && row < uniforms.rows) { result[row] = found[0]; }
      }`;
    const uniforms = { rows: count, n: numel(x.shape) / count };
    const dtype = spec.dtype === "bool" ? "bool" : "int32";
    const threads = count * GROUP;
    const out = compute(device, { inputs: { x: rows }, shape: spec.shape, dtype, uniforms, threads, code });
    if (!inOrder) device.release(rows);
    return [out];
  };
}

export const sum = reduction({ name: "sum", start: "0", join: "a + b" });
export const prod = reduction({ name: "prod", start: "1", join: "a * b" });
export const amax = reduction({ name: "amax", start: "-2147483648", join: "max(a, b)" });
export const amin = reduction({ name: "amin", start: "2147483647", join: "min(a, b)" });
export const all = reduction({ name: "all", start: "1", join: "select(0, 1, a != 0 && b != 0)" });
export const any = reduction({ name: "any", start: "0", join: "select(0, 1, a != 0 || b != 0)" });
