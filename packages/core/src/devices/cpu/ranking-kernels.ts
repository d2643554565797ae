import type { TypedArray } from "../../base/dtype.ts";
import { numel } from "../../base/shape.ts";
import type { TensorSpec } from "../../device/device.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { writeValues } from "../tfjs/values.ts";

// TensorFlow.js passes over NaN where it looks for the largest, and leaves rows with NaN unsorted. PyTorch takes NaN for larger than
// everything, so that a network that has gone wrong shows. These kernels run wherever the backend can be read without waiting.

/** Whether `a` comes before `b` among the largest. */
function isLarger(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

function isSmaller(a: number, b: number): boolean {
  return a < b || (Number.isNaN(a) && !Number.isNaN(b));
}

function elementsOf(device: TfjsRunner, { dataId }: TensorInfo): TypedArray {
  return device.backend.readSync(dataId) as TypedArray;
}

function write(device: TfjsRunner, values: TypedArray, { shape }: TensorSpec, dtype: TensorInfo["dtype"]): TensorInfo {
  return { dataId: writeValues(device.backend, values, shape, dtype), shape: [...shape], dtype };
}

/** Where along `dim` the element stands that comes before all others; the first of equals. */
function extreme(comesBefore: (a: number, b: number) => boolean): KernelOverride<"argmax" | "argmin"> {
  return (device, { x }, { dim }, outs) => {
    const data = elementsOf(device, x);
    const n = x.shape[dim] as number;
    const inner = numel(x.shape.slice(dim + 1));
    const found = new Int32Array(numel((outs[0] as TensorSpec).shape));
    for (let i = 0; i < found.length; i++) {
      const start = Math.floor(i / inner) * n * inner + (i % inner);
      let [best, at] = [data[start] as number, 0];
      for (let k = 1; k < n; k++) {
        const value = data[start + k * inner] as number;
        if (comesBefore(value, best)) [best, at] = [value, k];
      }
      found[i] = at;
    }
    return [write(device, found, outs[0] as TensorSpec, "int32")];
  };
}

/** The `k` largest of each row, in order, and where they stand; the first of equals first. */
const topk: KernelOverride<"topk"> = (device, { x }, { k }, outs) => {
  const data = elementsOf(device, x);
  const n = x.shape.at(-1) as number;
  const rows = n === 0 ? 0 : data.length / n;
  const values = data.slice(0, rows * k);
  const indices = new Int32Array(rows * k);
  const order = new Int32Array(n);
  for (let row = 0; row < rows; row++) {
    const start = row * n;
    for (let i = 0; i < n; i++) order[i] = i;
    order.sort((a, b) => {
      const [first, second] = [data[start + a] as number, data[start + b] as number];
      if (isLarger(first, second)) return -1;
      return isLarger(second, first) ? 1 : a - b;
    });
    for (let i = 0; i < k; i++) {
      indices[row * k + i] = order[i] as number;
      values[row * k + i] = data[start + (order[i] as number)] as number;
    }
  }
  const [valuesOut, indicesOut] = outs as [TensorSpec, TensorSpec];
  return [write(device, values, valuesOut, x.dtype), write(device, indices, indicesOut, "int32")];
};

/** `argmax`, `argmin` and `topk` as PyTorch ranks. */
export const rankingKernels = {
  argmax: extreme(isLarger),
  argmin: extreme(isSmaller),
  topk,
} as const satisfies KernelOverrides;
