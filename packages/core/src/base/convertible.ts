import { DTYPES, type DType, isFloat } from "./dtype.ts";
import { DTypeError } from "./errors.ts";

/**
 * Throws for a number that the dtype cannot hold. As in PyTorch, fractions are cut off, a negative whole number down to -255 is a
 * byte in two's complement, everything is a bool; and `tensor` makes infinities of what is too large for a float, where
 * `full`, `fill_` and `maskedFill` refuse it.
 *
 * @throws DTypeError `value cannot be converted to type int32 without overflow`
 */
export function checkConvertible(op: string, value: number, dtype: DType): void {
  if (isFloat(dtype) ? op === "tensor" || fits(value, dtype) : isWhole(value, dtype)) return;
  const exact = dtype === "int64" && Math.abs(value) < 2 ** 63;
  throw new DTypeError(
    op,
    `value cannot be converted to type ${op === "tensor" ? dtype : DTYPES[dtype].cpp.value} without overflow`,
    `got ${value}${exact ? ": whole numbers are exact up to 2^53" : ""}`,
    isFloat(dtype) ? "" : `Give another dtype, or wrap on purpose: tensor(values).to("${dtype}").`,
  );
}

function fits(value: number, dtype: DType): boolean {
  return !Number.isFinite(value) || Math.abs(value) <= DTYPES[dtype].range[1];
}

function isWhole(value: number, dtype: DType): boolean {
  if (dtype === "bool") return true;
  const [least, largest] = DTYPES[dtype].range;
  if (!(value < largest + 1)) return false;
  if (dtype === "uint8") return value >= 0 || (Number.isInteger(value) && value >= -largest);
  return value >= least;
}
