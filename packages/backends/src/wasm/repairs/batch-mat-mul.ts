import type { KernelRepair } from "@kindling/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { transposed } from "./transposed.ts";

/**
 * Transposes operands before the product. The backend's fast path takes untransposed matrices only; everything else is a
 * scalar loop, 7 to 12 times slower than transposing and multiplying (tfjs-backend-wasm 4.22, batch_mat_mul_impl.cc).
 */
export const batchMatMul: KernelRepair = (device, inputs, attrs) => {
  let { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
  const made: TensorInfo[] = [];
  if (attrs.transposeA === true) {
    a = transposed(device, a);
    made.push(a);
  }
  if (attrs.transposeB === true) {
    b = transposed(device, b);
    made.push(b);
  }
  const out = device.runNative("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
  for (const info of made) device.release(info);
  return out;
};
