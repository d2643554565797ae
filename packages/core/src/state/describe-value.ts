import { isObject } from "../base/callable.ts";
import type { DType } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import { isTensor } from "../tensor/tensor.ts";

/** Text from outside may be megabytes long: a message shows its beginning. */
const SHOWN = 60;

/** A value for an error message: `a float32 tensor of shape [3]`, `NaN`, `'adam'`, `an array of 2`, `an object with lr, betas`. */
export function describeValue(value: unknown): string {
  if (isTensor(value)) return describeTensor(value.dtype, value.shape);
  if (typeof value === "string") return `'${shortened(value)}'`;
  if (typeof value === "symbol") return "a symbol";
  if (!isObject(value)) return typeof value === "function" ? "a function" : String(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Map || value instanceof Set) return `a ${value.constructor.name} of ${value.size}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? "an empty object" : `an object with ${listed(keys)}`;
}

/** `a float32 tensor of shape [3]`, or as much of it as is known. */
export function describeTensor(dtype?: DType, shape?: Shape): string {
  const kind = dtype === undefined ? "a tensor" : `${dtype?.startsWith("int") ? "an" : "a"} ${dtype} tensor`;
  return shape === undefined ? kind : `${kind} of shape [${shape.join(", ")}]`;
}

/** The first keys, for a message. */
export function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 8).map(shortened).join(", ");
  return keys.length > 8 ? `${shown}, ...` : shown;
}

export function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
