import type { TfjsDevice, TypedArray } from "@kindling/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The elements of a tensor in the backend's memory. Valid until the next allocation, which may move that memory. */
export function elements(device: TfjsDevice, info: TensorInfo): TypedArray {
  return (device.backend as BackendWasm).typedArrayFromHeap(info) as TypedArray;
}

/** Memory for a result, not initialised. */
export function output(device: TfjsDevice, shape: readonly number[], dtype: TensorInfo["dtype"]): TensorInfo {
  return (device.backend as BackendWasm).makeOutput([...shape], dtype);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
