import { allocate, DTYPES, type DType, type TypedArray } from "./dtype.ts";
import { bitsOfBFloat16, bitsOfHalf, floatOfHalfBits } from "./half.ts";
import { checkExact } from "./whole-numbers.ts";

/** An array whose bytes are the elements as files and other libraries have them: big integers for `int64`, bits for halves. */
export type FileArray = TypedArray | BigInt64Array | Uint16Array;

/** The elements as files have them; the same array where that is how they are held. */
export function toFileArray(data: TypedArray, dtype: DType): FileArray {
  switch (dtype) {
    case "int64":
      return BigInt64Array.from(data, BigInt);
    case "float16":
      return Uint16Array.from(data, bitsOfHalf);
    case "bfloat16":
      return Uint16Array.from(data, bitsOfBFloat16);
    default:
      return data;
  }
}

/**
 * The elements that a file has, as a tensor holds them; the same array where that is alike.
 *
 * @param op what reads them, for messages
 * @throws ValueError for an element of `int64` beyond 2^53, which would become another number
 */
export function fromFileArray(op: string, data: FileArray, dtype: DType): TypedArray {
  if (data instanceof BigInt64Array) return Float64Array.from(data, (value) => exactly(op, value));
  if (!(data instanceof Uint16Array)) return data;
  const out = allocate(dtype, data.length);
  if (dtype === "float16") for (let i = 0; i < out.length; i++) out[i] = floatOfHalfBits(data[i] as number);
  // The upper half of the bits of a `float32`.
  else new Uint32Array(out.buffer).set(Uint32Array.from(data, (bits) => bits << 16));
  return out;
}

/** The least `int64`, which NaN becomes, is a double too. */
const LEAST = -(2n ** 63n);

function exactly(op: string, value: bigint): number {
  return value === LEAST ? Number(value) : checkExact(op, Number(value));
}

/** An array for elements as files have them. */
export function allocateForFile(dtype: DType, length: number): FileArray {
  return new (fileArrayOf(dtype))(length);
}

/** The kind of array in which files have the elements of a dtype. */
export function fileArrayOf(dtype: DType): { readonly name: string; new (length: number): FileArray } {
  if (dtype === "int64") return BigInt64Array;
  return dtype === "float16" || dtype === "bfloat16" ? Uint16Array : DTYPES[dtype].Array;
}
