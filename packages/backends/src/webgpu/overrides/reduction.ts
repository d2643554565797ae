import type { KernelOverride, ReductionKernel, TensorSpec, TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, GROUP } from "../compute.ts";

/** How two whole numbers become one, and what changes nothing. */
interface Reduction {
  readonly name: ReductionKernel;
  readonly start: string;
  readonly join: string;
}

/** `x` with the dimensions that are reduced at the end. */
function rowsOf(device: TfjsRunner, x: TensorInfo, dims: readonly number[], { dtype }: TensorSpec): TensorInfo {
  const over = new Set(dims);
  const perm = x.shape.map((_, dim) => dim).sort((a, b) => Number(over.has(a)) - Number(over.has(b)) || a - b);
  if (perm.every((dim, i) => dim === i)) return x;
  const shape = perm.map((dim) => x.shape[dim] as number);
  return device.runKernel("permute", { x }, { dims: perm }, [{ shape, dtype }])[0] as TensorInfo;
}

/**
 * Whole numbers and bools, reduced as such. The backend takes them for floats, exact below 2^24 only, and transposes them by a shader
 * that does not compile for them (4.22, reduce_webgpu.js).
 */
function reduction({ name, start, join }: Reduction): KernelOverride<ReductionKernel> {
  return (device, { x }, attrs, outs) => {
    const [spec] = outs as [TensorSpec];
    if (x.dtype === "float32") return device.runNative(name, { x }, attrs, outs);
    const rows = rowsOf(device, x, attrs.dims, spec);
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
    if (rows !== x) device.release(rows);
    return [out];
  };
}

const wholeSum = reduction({ name: "sum", start: "0", join: "a + b" });

/** So many terms are added at once; the backend's own kernel is as exact for fewer. */
const AT_ONCE = 4096;

/**
 * Long sums of floats by parts: a group of threads adds up `AT_ONCE` terms, each thread few of them, and another kernel the sums. The backend's
 * group goes over all of a row (4.22, reduce_webgpu.js): ten million terms lose four digits, and the GPU waits for one group.
 */
export const sum: KernelOverride<"sum"> = (device, { x }, attrs, outs) => {
  const [spec] = outs as [TensorSpec];
  const rows = numel(spec.shape);
  const n = numel(x.shape) / rows;
  if (x.dtype !== "float32") return wholeSum(device, { x }, attrs, outs);
  if (n <= AT_ONCE) return device.runNative("sum", { x }, attrs, outs);
  const inOrder = rowsOf(device, x, attrs.dims, spec);
  const parts = Math.ceil(n / AT_ONCE);
  const code = `
    var<workgroup> found : array<f32, ${GROUP}>;
    fn main(index : i32) {
      let part = index / ${GROUP};
      let row = part / uniforms.parts;
      let start = part % uniforms.parts * ${AT_ONCE};
      let end = min(uniforms.n, start + ${AT_ONCE});
      var mine = 0.0;
      if (row < uniforms.rows) {
        for (var i = start + i32(localId.x); i < end; i += ${GROUP}) { mine += x[row * uniforms.n + i]; }
      }
      found[localId.x] = mine;
      workgroupBarrier();
      for (var half = ${GROUP / 2}u; half > 0u; half = half / 2u) {
        if (localId.x < half) { found[localId.x] += found[localId.x + half]; }
        workgroupBarrier();
      }
      if (localId.x == 0u && row < uniforms.rows) { result[part] = found[0]; }
    }`;
  const uniforms = { rows, n, parts };
  const [shape, threads] = [[rows, parts], rows * parts * GROUP];
  const sums = compute(device, { inputs: { x: inOrder }, shape, dtype: "float32", uniforms, threads, code });
  if (inOrder !== x) device.release(inOrder);
  const out = device.runKernel("sum", { x: sums }, { dims: [1], keepdim: false }, [
    { shape: [rows], dtype: "float32" },
  ]);
  device.release(sums);
  return out.map((info) => ({ ...info, shape: [...spec.shape] }));
};
export const prod = reduction({ name: "prod", start: "1", join: "a * b" });
export const amax = reduction({ name: "amax", start: "-2147483648", join: "max(a, b)" });
export const amin = reduction({ name: "amin", start: "2147483647", join: "min(a, b)" });
export const all = reduction({ name: "all", start: "1", join: "select(0, 1, a != 0 && b != 0)" });
export const any = reduction({ name: "any", start: "0", join: "select(0, 1, a != 0 || b != 0)" });
