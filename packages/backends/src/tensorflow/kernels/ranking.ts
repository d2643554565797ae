import { type Attributes, rankingKernels, type TensorSpec, type TfjsDevice } from "@kindling/core/device";
import type { TensorflowBackend } from "../backend.ts";
import type { TensorInfo } from "./kernel.ts";
import { sumIsFinite } from "./sum-is-finite.ts";

/** The `k` largest of each row. TensorFlow has no order for NaN: rows that hold one are ranked as PyTorch ranks, off the device. */
export function topK(
  device: TfjsDevice,
  tf: TensorflowBackend,
  inputs: { readonly x: TensorInfo },
  attrs: Attributes,
  outs: readonly TensorSpec[],
): TensorInfo[] {
  const { x } = inputs;
  if (x.dtype === "float32" && !sumIsFinite(tf, x)) {
    const ranked = rankingKernels.get("TopK");
    if (ranked !== undefined) return ranked(device, { x }, attrs, outs);
  }
  return tf.ops("TopKV2", [x, tf.constants.int(attrs.k as number)], [tf.bool("sorted", attrs.sorted !== false)], 2);
}
