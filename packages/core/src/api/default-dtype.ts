import { changeDefaultDtype, defaultDtype } from "../base/default-dtype.ts";
import { dtypeNamed, type FloatDType, isFloat } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";

/**
 * What floats are unless a call says otherwise: of numbers given to `tensor`, of `zeros` and `rand`, of layers made afterwards, and of whole
 * numbers divided. `float32` when a program starts.
 *
 * @throws DTypeError for what is no dtype of floats
 * @see https://pytorch.org/docs/stable/generated/torch.set_default_dtype.html
 * @example setDefaultDtype("float64"); tensor([1.5]).dtype // "float64"
 */
export function setDefaultDtype(dtype: FloatDType | "half" | "float" | "double"): void {
  if (arguments.length > 1) throw surplusArguments("setDefaultDtype(dtype)", arguments.length);
  const found = dtypeNamed(dtype);
  if (found === undefined || !isFloat(found)) {
    throw new DTypeError(
      "setDefaultDtype",
      found === undefined
        ? "invalid dtype object: only floating-point types are supported as the default type"
        : "only floating-point types are supported as the default type",
      `got ${String(dtype)}`,
      'Give "float32", "float64", "float16" or "bfloat16".',
    );
  }
  changeDefaultDtype(found as FloatDType);
}

/**
 * What `setDefaultDtype` has said; `float32` unless it was called.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.get_default_dtype.html
 * @example getDefaultDtype() // "float32"
 */
export function getDefaultDtype(): FloatDType {
  if (arguments.length > 0) throw surplusArguments("getDefaultDtype()", arguments.length);
  return defaultDtype();
}
