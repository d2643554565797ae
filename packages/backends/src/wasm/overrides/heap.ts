import type { TypedArray } from "@kindling/core";
import type { TfjsRunner } from "@kindling/core/device";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The elements of a tensor in the backend's memory. Valid until the next allocation, which may move that memory. */
export function elements(device: TfjsRunner, info: TensorInfo): TypedArray {
  return (device.backend as BackendWasm).typedArrayFromHeap(info) as TypedArray;
}

/** The same, of a tensor that holds floats. */
export function floats(device: TfjsRunner, info: TensorInfo): Float32Array {
  return elements(device, info) as Float32Array;
}

/** Memory for a result, not initialised. */
export function output(device: TfjsRunner, shape: readonly number[], dtype: TensorInfo["dtype"]): TensorInfo {
  return (device.backend as BackendWasm).makeOutput([...shape], dtype);
}
