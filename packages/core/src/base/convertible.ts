import { DTYPES, type DType } from "./dtype.ts";
import { DTypeError } from "./errors.ts";

/**
 * Throws for a number that the dtype cannot hold. As in PyTorch, fractions are cut off, a negative whole number down to -255 is a
 * byte in two's complement, everything is a bool; and `tensor` makes infinities of what is too large for a float, where
 * `full`, `fill_` and `maskedFill` refuse it.
 *
 * @throws DTypeError `value cannot be converted to type int32 without overflow`
 */
export function checkConvertible(op: string, value: number, dtype: DType): void {
  if (dtype === "float32" ? op === "tensor" || isFloat(value) : isWhole(value, dtype)) return;
  throw new DTypeError(
    op,
    `value cannot be converted to type ${op === "tensor" ? dtype : DTYPES[dtype].cpp.value} without overflow`,
    `got ${value}`,
    dtype === "float32" ? "" : `Give another dtype, or wrap on purpose: tensor(values).to("${dtype}").`,
  );
}

function isFloat(value: number): boolean {
  return !Number.isFinite(value) || Math.abs(value) <= DTYPES.float32.largest;
}

function isWhole(value: number, dtype: DType): boolean {
  if (dtype === "bool") return true;
  const { largest } = DTYPES[dtype];
  if (!(value < largest + 1)) return false;
  if (dtype === "uint8") return value >= 0 || (Number.isInteger(value) && value >= -largest);
  return value >= -largest - 1;
}
