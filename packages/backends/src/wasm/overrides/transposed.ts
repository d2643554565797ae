import type { TfjsDevice } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The last two dimensions of `x` swapped, in memory of its own. */
export function transposed(device: TfjsDevice, x: TensorInfo): TensorInfo {
  const last = x.shape.length - 1;
  const perm = x.shape.map((_, i) => (i === last ? last - 1 : i === last - 1 ? last : i));
  return device.runNative("Transpose", { x }, { perm })[0] as TensorInfo;
}
