import { type Attributes, rankingKernels, type TensorSpec, type TfjsDevice } from "@kindling/core";
import type { TensorflowBackend } from "../backend.ts";
import type { TensorInfo } from "./kernel.ts";

/** The `k` largest of each row. TensorFlow has no order for NaN: rows that hold one are ranked as PyTorch ranks, off the device. */
export function topK(
  device: TfjsDevice,
  tf: TensorflowBackend,
  inputs: { readonly x: TensorInfo },
  attrs: Attributes,
  outs: readonly TensorSpec[],
): TensorInfo[] {
  const { x } = inputs;
  if (x.dtype === "float32" && holdsNaN(tf, x)) {
    const ranked = rankingKernels.get("TopK");
    if (ranked !== undefined) return ranked(device, { x }, attrs, outs);
  }
  return tf.ops("TopKV2", [x, tf.constants.int(attrs.k as number)], [tf.bool("sorted", attrs.sorted !== false)], 2);
}

/** Whether an element is NaN: then the sum is, too, as it is where infinities meet, which does no harm. */
export function holdsNaN(tf: TensorflowBackend, x: TensorInfo): boolean {
  const axes = tf.constants.ints(x.shape.map((_, axis) => axis));
  const sum = tf.op("Sum", [x, axes], [tf.bool("keep_dims", false)]);
  return Number.isNaN(tf.readSync(sum.dataId)[0]);
}
