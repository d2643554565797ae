import type { Tensor } from "@kindling/core";

/**
 * Puts `f(x)` in place of the content of `x`. The derivative goes on seeing what `x` was: a clone, which copies nothing but the
 * reference until `x` changes.
 */
export function inPlace(x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  return x.copy_(f(x.clone()));
}
