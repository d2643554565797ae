import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, GROUP, typeOf } from "../compute.ts";

// The backend passes over NaN where it looks for the largest, takes any of equals in long rows, and its sort leaves NaN anywhere and does
// not keep the order of equals (4.22, argminmax_webgpu.js, top_k_webgpu.js). PyTorch takes NaN for both extremes, and the first.

/** Whether the element `a` at `i` comes before `b` at `j`, as WGSL. */
function comesBefore(x: TensorInfo, sign: ">" | "<"): string {
  const type = typeOf(x);
  const nan = type === "f32" ? "if (isnan(a) != isnan(b)) { return isnan(a); } if (isnan(a)) { return i < j; }" : "";
  return `fn comesBefore(a : ${type}, i : i32, b : ${type}, j : i32) -> bool {
    ${nan}
    if (a == b) { return i < j; }
    return a ${sign} b;
  }`;
}

/** Where along `dim` the element stands that comes before all others. */
function extreme(sign: ">" | "<"): KernelOverride<"argmax" | "argmin"> {
  return (device, { x }, { dim }, outs) => {
    const { shape } = outs[0] as TensorSpec;
    const count = numel(shape);
    const type = typeOf(x);
    const code = `
      var<workgroup> places : array<i32, ${GROUP}>;
      ${comesBefore(x, sign)}
      fn main(index : i32) {
        let row = index / ${GROUP};
        let first = row / uniforms.inner * uniforms.n * uniforms.inner + row % uniforms.inner;
        var place = -1;
        var best = ${type}(0);
        if (row < uniforms.rows) {
          for (var i = i32(localId.x); i < uniforms.n; i += ${GROUP}) {
            let value = x[first + i * uniforms.inner];
            if (place < 0 || comesBefore(value, i, best, place)) { best = value; place = i; }
          }
        }
        places[localId.x] = place;
        workgroupBarrier();
        for (var half = ${GROUP / 2}u; half > 0u; half = half / 2u) {
          if (localId.x < half) {
            let other = places[localId.x + half];
            let mine = places[localId.x];
            if (other >= 0 && (mine < 0 ||
                comesBefore(x[first + other * uniforms.inner], other, x[first + mine * uniforms.inner], mine))) {
              places[localId.x] = other;
            }
          }
          workgroupBarrier();
        }
        if (localId.x == 0u && row < uniforms.rows) { result[row] = places[0]; }
      }`;
    const uniforms = { rows: count, n: x.shape[dim] as number, inner: numel(x.shape.slice(dim + 1)) };
    return [compute(device, { inputs: { x }, shape, dtype: "int32", uniforms, threads: count * GROUP, code })];
  };
}

export const argmax = extreme(">");
export const argmin = extreme("<");

/** The `k` largest of each row, in order: each element counts how many come before it. */
export const topk: KernelOverride<"topk"> = (device, { x }, { k }, outs) => {
  const [{ shape }] = outs as [TensorSpec];
  const uniforms = { n: x.shape.at(-1) as number, k };
  const places = compute(device, {
    inputs: { x },
    ...{ shape, dtype: "int32", uniforms, threads: numel(x.shape) },
    code: `
      ${comesBefore(x, ">")}
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let first = index / uniforms.n * uniforms.n;
        let mine = x[index];
        var rank = 0;
        for (var j = 0; j < uniforms.n; j++) {
          if (comesBefore(x[first + j], j, mine, index - first)) { rank++; }
        }
        if (rank < uniforms.k) { result[index / uniforms.n * uniforms.k + rank] = index - first; }
      }`,
  });
  const values = compute(device, {
    inputs: { x, places },
    ...{ shape, dtype: x.dtype, uniforms },
    code: `
      fn main(index : i32) {
        if (index < uniforms.threads) { result[index] = x[index / uniforms.k * uniforms.n + places[index]]; }
      }`,
  });
  return [values, places];
};
