import { type AttributesOf, type Infos, rankingKernels, type TensorSpec, type TfjsRunner } from "@kindling/core/device";
import type { TensorflowBackend } from "../backend.ts";
import type { TensorInfo } from "./kernel.ts";
import { sumIsFinite } from "./sum-is-finite.ts";

/** The `k` largest of each row. TensorFlow has no order for NaN: rows that hold one are ranked as PyTorch ranks, off the device. */
export function topk(
  device: TfjsRunner,
  tf: TensorflowBackend,
  { x }: Infos<"topk">,
  attrs: AttributesOf<"topk">,
  outs: readonly TensorSpec[],
): TensorInfo[] {
  if (x.dtype === "float32" && !sumIsFinite(tf, x)) return rankingKernels.topk(device, { x }, attrs, outs);
  return tf.ops("TopKV2", [x, tf.constants.int(attrs.k)], [tf.bool("sorted", true)], 2);
}
