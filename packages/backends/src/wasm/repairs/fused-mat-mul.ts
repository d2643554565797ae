import type { KernelRepair } from "@kindling/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { productOf } from "../product/products.ts";
import { isPlain } from "./batch-mat-mul.ts";
import { sizeOf } from "./heap.ts";
import { transposed } from "./transposed.ts";

/** As `batchMatMul`: the right operand of a linear layer is its weight, read transposed, and only untransposed products are fast. */
export const fusedMatMul: KernelRepair = (device, inputs, attrs) => {
  const { a, b, bias } = inputs as { a: TensorInfo; b: TensorInfo; bias: TensorInfo };
  const own = productOf(device);
  const columns = b.shape.at(attrs.transposeB === true ? -2 : -1);
  if (own !== undefined && isPlain(a, b) && attrs.activation === "linear" && sizeOf(bias.shape) === columns) {
    return [own.multiply(a, b, attrs.transposeA === true, attrs.transposeB === true, bias)];
  }
  const right = attrs.transposeB === true ? transposed(device, b) : b;
  const out = device.runNative("_FusedMatMul", { a, b: right, bias }, { ...attrs, transposeB: false });
  if (right !== b) device.release(right);
  return out;
};
