import type { DType } from "./dtype.ts";
import { DTypeError } from "./errors.ts";

/** The largest finite number of each dtype. */
const LARGEST: Readonly<Record<DType, number>> = {
  float32: 2 ** 128 - 2 ** 104,
  int32: 2 ** 31 - 1,
  uint8: 255,
  bool: Number.POSITIVE_INFINITY,
};

/** What PyTorch calls the dtypes in this message: `tensor` by their own names, everything else by C++'s. */
const CPP_NAMES: Readonly<Record<DType, string>> = { float32: "float", int32: "int", uint8: "uint8_t", bool: "bool" };

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
    `value cannot be converted to type ${op === "tensor" ? dtype : CPP_NAMES[dtype]} without overflow`,
    `got ${value}`,
    dtype === "float32" ? "" : `Give another dtype, or wrap on purpose: tensor(values).to("${dtype}").`,
  );
}

function isFloat(value: number): boolean {
  return !Number.isFinite(value) || Math.abs(value) <= LARGEST.float32;
}

function isWhole(value: number, dtype: DType): boolean {
  if (dtype === "bool") return true;
  const largest = LARGEST[dtype];
  if (!(value < largest + 1)) return false;
  if (dtype === "uint8") return value >= 0 || (Number.isInteger(value) && value >= -largest);
  return value >= -largest - 1;
}
