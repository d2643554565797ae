import type { KernelRepair } from "@kindling/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { transposed } from "./transposed.ts";

/** As `batchMatMul`: the right operand of a linear layer is its weight, read transposed, and only untransposed products are fast. */
export const fusedMatMul: KernelRepair = (device, inputs, attrs) => {
  const { a, b, bias } = inputs as { a: TensorInfo; b: TensorInfo; bias: TensorInfo };
  const right = attrs.transposeB === true ? transposed(device, b) : b;
  const out = device.runNative("_FusedMatMul", { a, b: right, bias }, { ...attrs, transposeB: false });
  if (right !== b) device.release(right);
  return out;
};
