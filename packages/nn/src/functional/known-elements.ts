import type { Tensor, TypedArray } from "@kindling/core";
import { peek } from "@kindling/core/extend";

/**
 * The elements, where they can be had without waiting: from memory, or from a device that is read at once. `undefined` elsewhere,
 * where a check is left out rather than paid for with a pause at every step (as PyTorch does on a GPU, whose kernels fail later).
 */
export function knownElements(x: Tensor): TypedArray | undefined {
  return peek(x) ?? (x.device.downloadSync === undefined ? undefined : x.toTypedArraySync());
}
