import type { KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute, GROUP } from "../compute.ts";

/**
 * `exp(x) / Σ exp(x)` of each row. WGSL leaves open what `max` and `exp` make of NaN, so that the backend's gives 0 beside one; and where there
 * are more rows than a dimension of groups has, its surplus groups write behind the last row (4.22, softmax_webgpu.js).
 */
export const softmax: KernelOverride<"softmax"> = (device, { x }) => {
  const n = x.shape.at(-1) as number;
  const rows = numel(x.shape) / n;
  const code = `
    var<workgroup> found : array<f32, ${GROUP}>;
    fn larger(a : f32, b : f32) -> f32 {
      if (isnan(a) || a > b) { return a; }
      return b;
    }
    fn share(a : f32, most : f32) -> f32 {
      if (isnan(a) || isnan(most) || abs(most) == uniforms.INFINITY) { return uniforms.NAN; }
      return exp(a - most);
    }
    fn main(index : i32) {
      let row = index / ${GROUP};
      let isRow = row < uniforms.rows;
      let first = row * uniforms.n;
      let mine = i32(localId.x);
      var most = -uniforms.INFINITY;
      if (isRow) { for (var i = mine; i < uniforms.n; i += ${GROUP}) { most = larger(x[first + i], most); } }
      found[mine] = most;
      workgroupBarrier();
      for (var half = ${GROUP / 2}; half > 0; half = half / 2) {
        if (mine < half) { found[mine] = larger(found[mine], found[mine + half]); }
        workgroupBarrier();
      }
      most = found[0];
      workgroupBarrier();
      var total = 0.0;
      if (isRow) { for (var i = mine; i < uniforms.n; i += ${GROUP}) { total += share(x[first + i], most); } }
      found[mine] = total;
      workgroupBarrier();
      for (var half = ${GROUP / 2}; half > 0; half = half / 2) {
        if (mine < half) { found[mine] += found[mine + half]; }
        workgroupBarrier();
      }
      total = found[0];
      if (isRow) {
        for (var i = mine; i < uniforms.n; i += ${GROUP}) { result[first + i] = share(x[first + i], most) / total; }
      }
    }`;
  const uniforms = { rows, n };
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: "float32", uniforms, threads: rows * GROUP, code })];
};
