import type { TensorInfo } from "@tensorflow/tfjs-core";
import { numel, type Shape } from "../../../base/shape.ts";
import type { TensorSpec } from "../../../device/device.ts";
import type { TfjsRunner } from "../../tfjs/runner.ts";

/** The elements of an operand of floats. */
export function floats(device: TfjsRunner, info: TensorInfo): Float32Array {
  return device.backend.readSync(info.dataId) as Float32Array;
}

/** Room for a result, zeros, and how it becomes a tensor once it is filled. */
export function result(
  device: TfjsRunner,
  spec: TensorSpec | undefined,
): { readonly data: Float32Array; readonly shape: Shape; info(): TensorInfo } {
  const shape = spec?.shape ?? [];
  const data = new Float32Array(numel(shape));
  return { data, shape, info: () => write(device, data, shape, "float32") };
}

/** Elements as a tensor of the backend's. */
export function write(
  device: TfjsRunner,
  data: Float32Array | Int32Array,
  shape: Shape,
  dtype: "float32" | "int32",
): TensorInfo {
  return { dataId: device.backend.write(data, [...shape], dtype), shape: [...shape], dtype };
}
