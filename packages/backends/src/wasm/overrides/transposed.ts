import type { TfjsRunner } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The last two dimensions of `x` swapped, in memory of its own. */
export function transposed(device: TfjsRunner, x: TensorInfo): TensorInfo {
  const last = x.shape.length - 1;
  const dims = x.shape.map((_, i) => (i === last ? last - 1 : i === last - 1 ? last : i));
  const spec = { shape: dims.map((dim) => x.shape[dim] as number), dtype: x.dtype as "float32" };
  return device.runNative("permute", { x }, { dims }, [spec])[0] as TensorInfo;
}
