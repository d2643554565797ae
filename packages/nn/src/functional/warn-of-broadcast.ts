import type { Tensor } from "@kindling/core";
import { sameShape, warn } from "@kindling/core/extend";
import { torchSize } from "./torch-size.ts";

/** Says that two shapes differ: a `[n]` against a `[n, 1]` gives `[n, n]` differences and a loss that means nothing. */
export function warnOfBroadcast(input: Tensor, target: Tensor): void {
  if (sameShape(input.shape, target.shape)) return;
  warn(
    `Using a target size (${torchSize(target)}) that is different to the input size (${torchSize(input)}). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.`,
  );
}
