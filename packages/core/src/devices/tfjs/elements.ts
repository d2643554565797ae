import { castArray } from "../../base/cast.ts";
import { DTYPES, type DType, type TypedArray } from "../../base/dtype.ts";
import { DTypeError } from "../../base/errors.ts";
import { isHeld } from "../../base/whole-numbers.ts";

/**
 * Elements as a backend takes them.
 *
 * @throws DTypeError for an element of `int64` that has more than 32 bits
 */
export function toTfjsArray(data: TypedArray, dtype: DType, device: string): TypedArray {
  if (dtype === "int64") return narrowed(data, device);
  return dtype === "uint8" ? Int32Array.from(data) : data;
}

/** Whole numbers for a device that has 32 bits for them. */
export function narrowed(data: TypedArray, device: string): Int32Array {
  const out = new Int32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    if (!isHeld(value)) throw tooLarge(value, device);
    out[i] = value;
  }
  return out;
}

function tooLarge(value: number, device: string): DTypeError {
  return new DTypeError(
    "to",
    `the ${device} device holds int64 in 32 bits, from -2147483648 to 2147483647`,
    `got ${value}`,
    "Keep it on the cpu, which is exact up to 2^53.",
  );
}

/** Values as our dtype keeps them; tfjs types what backends return loosely. */
export function fromTfjsArray(values: unknown, dtype: DType): TypedArray {
  const data = values as TypedArray;
  return data instanceof DTYPES[dtype].Array ? data : castArray(data, dtype);
}
