import type { KernelOverride, TfjsDevice } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { multiply } from "../product/multiply.ts";
import { sizeOf } from "./heap.ts";
import { transposed } from "./transposed.ts";

/**
 * A product by our own kernels; without those, operands are transposed before the product. The backend's fast path takes untransposed matrices only; everything else is a
 * scalar loop, 7 to 12 times slower than transposing and multiplying (4.22, batch_mat_mul_impl.cc).
 */
export const batchMatMul: KernelOverride = (device, inputs, attrs) => {
  const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
  const [transposeA, transposeB] = [attrs.transposeA === true, attrs.transposeB === true];
  const kernels = kernelsOf(device);
  if (kernels !== undefined && isPlain(a, b)) return [multiply(device, kernels, a, b, { transposeA, transposeB })];
  if (transposeA && !transposeB && packsLessTurned(a, b)) return [turned(device, a, b)];
  const left = transposeA ? transposed(device, a) : a;
  const right = transposeB ? transposed(device, b) : b;
  const out = product(device, left, right);
  if (left !== a) device.release(left);
  if (right !== b) device.release(right);
  return [out];
};

/** Whether these are floats, and as many matrices on both sides; none of them empty. */
export function isPlain(a: TensorInfo, b: TensorInfo): boolean {
  if (a.dtype !== "float32" || b.dtype !== "float32" || a.shape.length !== b.shape.length) return false;
  const batches = a.shape.slice(0, -2);
  return batches.every((size, i) => size === b.shape[i]) && sizeOf(a.shape) * sizeOf(b.shape) !== 0;
}

function product(device: TfjsDevice, a: TensorInfo, b: TensorInfo): TensorInfo {
  return device.runNative("BatchMatMul", { a, b }, { transposeA: false, transposeB: false })[0] as TensorInfo;
}

/** `AᵀB` as `(BᵀA)ᵀ`. */
function turned(device: TfjsDevice, a: TensorInfo, b: TensorInfo): TensorInfo {
  const left = transposed(device, b);
  const flipped = product(device, left, a);
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
  return a.shape.length === 2 && sizeOf(b.shape) > sizeOf(a.shape) + result / 4;
}
