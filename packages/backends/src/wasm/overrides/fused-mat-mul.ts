import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { multiply } from "../product/multiply.ts";
import { isPlain } from "./batch-mat-mul.ts";
import { sizeOf } from "./heap.ts";
import { transposed } from "./transposed.ts";

/** As `batchMatMul`: the right operand of a linear layer is its weight, read transposed, and only untransposed products are fast. */
export const fusedMatMul: KernelOverride = (device, inputs, attrs) => {
  const { a, b, bias } = inputs as { a: TensorInfo; b: TensorInfo; bias: TensorInfo };
  const [transposeA, transposeB] = [attrs.transposeA === true, attrs.transposeB === true];
  const kernels = kernelsOf(device);
  const columns = b.shape.at(transposeB ? -2 : -1);
  if (kernels !== undefined && isPlain(a, b) && attrs.activation === "linear" && sizeOf(bias.shape) === columns) {
    return [multiply(device, kernels, a, b, { transposeA, transposeB, bias })];
  }
  const right = transposeB ? transposed(device, b) : b;
  const out = device.runNative("_FusedMatMul", { a, b: right, bias }, { ...attrs, transposeB: false });
  if (right !== b) device.release(right);
  return out;
};
