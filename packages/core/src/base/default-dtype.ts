import { type DType, type FloatDType, isFloat } from "./dtype.ts";
import { shared } from "./global.ts";

/** What floats are unless something else is asked for: see `setDefaultDtype`. */
const defaults = shared<{ dtype: FloatDType }>("defaultDtype", () => ({ dtype: "float32" }));

/** @internal */
export function defaultDtype(): FloatDType {
  return defaults.dtype;
}

/** @internal */
export function changeDefaultDtype(dtype: FloatDType): void {
  defaults.dtype = dtype;
}

/** The dtype of a float computed from `dtype`: itself, and the default for whole numbers and bools. */
export function floatOf(dtype: DType): DType {
  return isFloat(dtype) ? dtype : defaults.dtype;
}
