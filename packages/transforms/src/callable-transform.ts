import type { Tensor } from "@kindling/core";
import { CALL, Callable, isObject } from "@kindling/core/extend";
import type { Transform } from "./transform.ts";

/** Every callable transform carries it on its prototype, whichever copy of this package it comes from. */
const BRAND = Symbol.for("kindling.Transform");

export interface CallableTransform {
  /** The same as `apply`. */
  // biome-ignore lint/style/useShorthandFunctionType: only an interface merges with the class
  (x: Tensor): Tensor;
}

/** The base of this package's transforms: `transform(image)`, as in torchvision, is `transform.apply(image)`. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface says what a call takes
export abstract class CallableTransform extends Callable implements Transform {
  abstract apply(x: Tensor): Tensor;

  protected override [CALL]([x]: [Tensor]): Tensor {
    return this.apply(x);
  }
}
Object.defineProperty(CallableTransform.prototype, BRAND, { value: true });

/** Whether `value` is a transform: called or not, of this copy of the package or another, or of the program's own. */
export function isTransform(value: unknown): value is Transform {
  if (!isObject(value)) return false;
  // A module can be called too, and its apply is another.
  if (typeof value === "function") return BRAND in value;
  return typeof (value as Partial<Transform>).apply === "function";
}
