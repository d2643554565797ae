import type { BackendValues, DataId, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { TypedArray } from "../../base/dtype.ts";
import type { Shape } from "../../base/shape.ts";

/** Hands elements to a backend, in the array of their dtype. */
export function writeValues(
  backend: KernelBackend,
  data: TypedArray,
  shape: Shape,
  dtype: TensorInfo["dtype"],
): DataId {
  // It has arrays for its own dtypes only.
  const values = data as Float32Array | Int32Array | Uint8Array as BackendValues;
  return backend.write(values, [...shape], dtype);
}
