import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, constants } from "../compute.ts";

/** Up to this many terms, a plain sum is right to six digits. */
const SHORT = 1024;

/** Terms that one thread adds up. */
const PART = 64;

/**
 * Long sums of floats, `PART` terms after `PART` terms. The backend's threads take more terms the longer a row is, and lose three digits of a
 * million where its length is not a round number (4.22, reduce.js).
 */
export const sum: KernelOverride<"sum"> = (device, { x }, attrs, outs) => {
  const { shape } = outs[0] as TensorSpec;
  const rows = numel(shape);
  let n = numel(x.shape) / rows;
  if (x.dtype !== "float32" || n <= SHORT) return device.runNative("sum", { x }, attrs, outs);
  const over = new Set(attrs.dims);
  const perm = x.shape.map((_, dim) => dim).sort((a, b) => Number(over.has(a)) - Number(over.has(b)) || a - b);
  const isInOrder = perm.every((dim, i) => dim === i);
  const turned: TensorSpec = { shape: perm.map((dim) => x.shape[dim] as number), dtype: "float32" };
  let sums = isInOrder ? x : (device.runKernel("permute", { x }, { dims: perm }, [turned])[0] as TensorInfo);
  while (n > 1) {
    const parts = Math.ceil(n / PART);
    const code = `
      ${constants({ n, parts })}
      float valueAt(int index) {
        int start = index % parts * ${PART};
        int end = min(n, start + ${PART});
        int row = index / parts * n;
        float total = 0.0;
        for (int i = start; i < end; i++) total += getX(row + i);
        return total;
      }`;
    const fewer = compute(device, { inputs: { x: sums }, shape: [rows, parts], dtype: "float32", code });
    if (sums !== x) device.release(sums);
    sums = fewer;
    n = parts;
  }
  return [{ ...sums, shape: [...shape] }];
};
