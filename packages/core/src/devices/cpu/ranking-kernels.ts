import type { TypedArray } from "../../base/dtype.ts";
import { numel } from "../../base/shape.ts";
import type { TensorSpec } from "../../device/device.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { writeValues } from "../tfjs/values.ts";
import { isLarger, isSmaller, placesOfExtremes, rankRows } from "./ranking.ts";

// TensorFlow.js passes over NaN where it looks for the largest, and leaves rows with NaN unsorted. These kernels run wherever the backend
// can be read without waiting.

function elementsOf(device: TfjsRunner, { dataId }: TensorInfo): TypedArray {
  return device.backend.readSync(dataId) as TypedArray;
}

function write(device: TfjsRunner, values: TypedArray, { shape }: TensorSpec, dtype: TensorInfo["dtype"]): TensorInfo {
  return { dataId: writeValues(device.backend, values, shape, dtype), shape: [...shape], dtype };
}

function extreme(comesBefore: (a: number, b: number) => boolean): KernelOverride<"argmax" | "argmin"> {
  return (device, { x }, { dim }, outs) => {
    const found = new Int32Array(numel((outs[0] as TensorSpec).shape));
    placesOfExtremes(elementsOf(device, x), x.shape, dim, comesBefore, found);
    return [write(device, found, outs[0] as TensorSpec, "int32")];
  };
}

const topk: KernelOverride<"topk"> = (device, { x }, { k }, outs) => {
  const data = elementsOf(device, x);
  const n = x.shape.at(-1) as number;
  const count = n === 0 ? 0 : (data.length / n) * k;
  const values = data.slice(0, count);
  const indices = new Int32Array(count);
  rankRows(data, n, k, values, indices);
  const [valuesOut, indicesOut] = outs as [TensorSpec, TensorSpec];
  return [write(device, values, valuesOut, x.dtype), write(device, indices, indicesOut, "int32")];
};

/** `argmax`, `argmin` and `topk` as PyTorch ranks. */
export const rankingKernels = {
  argmax: extreme(isLarger),
  argmin: extreme(isSmaller),
  topk,
} as const satisfies KernelOverrides;
