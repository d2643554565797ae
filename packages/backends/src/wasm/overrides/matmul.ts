import type { KernelOverride, TensorSpec, TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { multiply } from "../product/multiply.ts";

import { transposed } from "./transposed.ts";

/**
 * A product by our own kernels; without those, operands are transposed before the product. The backend's fast path takes untransposed
 * matrices only; everything else is a scalar loop, 7 to 12 times slower than transposing and multiplying (4.22, batch_mat_mul_impl.cc).
 */
export const matmul: KernelOverride<"matmul"> = (device, { a, b, bias }, { transposeA, transposeB }, outs) => {
  const kernels = kernelsOf(device);
  const columns = b.shape.at(transposeB ? -2 : -1);
  if (kernels !== undefined && isPlain(a, b) && (bias === undefined || numel(bias.shape) === columns)) {
    return [multiply(device, kernels, a, b, { transposeA, transposeB, ...(bias !== undefined && { bias }) })];
  }
  if (bias === undefined && transposeA && !transposeB && packsLessTurned(a, b)) return [turned(device, a, b, outs)];
  const left = transposeA ? transposed(device, a) : a;
  const right = transposeB ? transposed(device, b) : b;
  const inputs = { a: left, b: right, ...(bias !== undefined && { bias }) };
  const out = device.runNative("matmul", inputs, UNTRANSPOSED, outs);
  if (left !== a) device.release(left);
  if (right !== b) device.release(right);
  return out;
};

const UNTRANSPOSED = { transposeA: false, transposeB: false } as const;

/** Whether these are floats, and as many matrices on both sides; none of them empty. */
export function isPlain(a: TensorInfo, b: TensorInfo): boolean {
  if (a.dtype !== "float32" || b.dtype !== "float32" || a.shape.length !== b.shape.length) return false;
  const batches = a.shape.slice(0, -2);
  return batches.every((size, i) => size === b.shape[i]) && numel(a.shape) * numel(b.shape) !== 0;
}

/** `AᵀB` as `(BᵀA)ᵀ`. */
function turned(device: TfjsRunner, a: TensorInfo, b: TensorInfo, outs: readonly TensorSpec[]): TensorInfo {
  const left = transposed(device, b);
  const flipped = device.runNative("matmul", { a: left, b: a }, UNTRANSPOSED, outs)[0] as TensorInfo;
  const out = transposed(device, flipped);
  device.release(left);
  device.release(flipped);
  return out;
}

/**
 * The right operand of a product is packed first, which costs some five times as much an element as transposing. The gradient of a
 * linear layer's weight has the whole input on the right: turned, it has the small gradient there.
 */
function packsLessTurned(a: TensorInfo, b: TensorInfo): boolean {
  const result = (a.shape.at(-1) as number) * (b.shape.at(-1) as number);
  return a.shape.length === 2 && numel(b.shape) > numel(a.shape) + result / 4;
}
