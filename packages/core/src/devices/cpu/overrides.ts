import type { TensorInfo } from "@tensorflow/tfjs-core";
import { numel } from "../../base/shape.ts";
import { type Matrix, rowProducts, rowsOf } from "../matrix-product.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { castKernel } from "./cast.ts";
import { erf } from "./erf.ts";
import { fused } from "./fused.ts";
import { conv2d, conv2dInput, conv2dWeight } from "./images/convolution.ts";
import { maxPool2d, maxPool2dBackward, maxPool2dWithIndices } from "./images/pooling.ts";
import { integerKernels } from "./integer-kernels.ts";
import { pow } from "./power.ts";
import { quotientKernels } from "./quotient-kernels.ts";
import { rankingKernels } from "./ranking-kernels.ts";
import { step } from "./step.ts";

/** Batch `index` of `x`, whose last two dimensions are a matrix. */
function matrixOf(device: TfjsRunner, x: TensorInfo, index: number): Matrix {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  return { data: device.backend.readSync(x.dataId) as Float32Array, offset: index * rows * columns, rows, columns };
}

/** The products of two equally long batches of matrices, either read transposed; `bias` is added to every row. */
const matmul: KernelOverride<"matmul"> = (device, { a, b, bias }, { transposeA, transposeB }, outs) => {
  const shape = outs[0]?.shape ?? [];
  const out = new Float32Array(numel(shape));
  const [rows, columns] = shape.slice(-2) as [number, number];
  const batches = out.length / (rows * columns);
  for (let i = 0; i < batches; i++) {
    const left = rowsOf(matrixOf(device, a, i), transposeA);
    // Rows of the right operand's transpose: a weight, read transposed, has them already.
    const right = rowsOf(matrixOf(device, b, i), !transposeB);
    rowProducts(left, right, out, i * rows * columns);
  }
  if (bias !== undefined) {
    const added = device.backend.readSync(bias.dataId) as Float32Array;
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (added[i % columns] as number);
  }
  return [{ dataId: device.backend.write(out, [...shape], "float32"), shape: [...shape], dtype: "float32" }];
};

/**
 * The backend's matrix product goes through both operands element by element with strides, 0.6 GFLOP/s (4.22, BatchMatMul.js). Rows
 * times rows in registers are five times faster, and add up in double precision.
 */
export const overrides: KernelOverrides = {
  ...rankingKernels,
  ...fused,
  ...quotientKernels,
  ...integerKernels,
  cast: castKernel,
  conv2d,
  conv2dInput,
  conv2dWeight,
  erf,
  matmul,
  maxPool2d,
  maxPool2dBackward,
  maxPool2dWithIndices,
  pow,
  step,
};
