import { allocate, DTYPES, type DType, isFloat, isInteger, type TypedArray } from "./dtype.ts";
import { DTypeError } from "./errors.ts";
import { checkExact } from "./whole-numbers.ts";

// Elements of one dtype as elements of another, and the dtype of elements that come without one.

const LEAST_INT32 = DTYPES.int32.range[0];

/** One element as the dtype holds it. */
export function castScalar(value: number, dtype: DType): number {
  return DTYPES[dtype].cast(value);
}

/**
 * A fresh array of `dtype` with the elements of `data`. Floats are truncated towards zero, as PyTorch does.
 *
 * @throws DTypeError for an array whose elements are no numbers
 */
export function castArray(data: ArrayLike<number> | BigInt64Array, dtype: DType): TypedArray {
  if (data instanceof BigInt64Array) return castArray(numbersOf(data), dtype);
  if (ArrayBuffer.isView(data) && !holdsNumbers(data)) throw noTensor(data);
  const out = allocate(dtype, data.length);
  // Typed arrays round floats to single precision by themselves.
  if (dtype === "float32" || dtype === "float64") {
    out.set(data);
    return out;
  }
  const { cast } = DTYPES[dtype];
  for (let i = 0; i < out.length; i++) out[i] = cast(data[i] as number);
  return out;
}

/** The elements of a tensor of another dtype. Of floats, integers up to `int32` see 32 bits, and the least where they do not fit, as in C++. */
export function castElements(data: TypedArray, from: DType, to: DType): TypedArray {
  const narrow = isInteger(to) && to !== "int64" && isFloat(from);
  return castArray(narrow ? saturated(data) : data, to);
}

function saturated(data: TypedArray): Int32Array {
  const out = new Int32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    out[i] = value > LEAST_INT32 - 1 && value < -LEAST_INT32 ? value : LEAST_INT32;
  }
  return out;
}

/** @throws DTypeError for a whole number beyond 2^53, which would become another. */
function numbersOf(data: BigInt64Array): Float64Array {
  return Float64Array.from(data, (value) => checkExact("tensor", Number(value)));
}

/** The arrays whose elements a dtype holds as they are. Bytes are numbers, and doubles floats. */
const DTYPE_OF_ARRAY: readonly (readonly [constructor: (typeof DTYPES)[DType]["Array"], dtype: DType])[] = [
  [Float32Array, "float32"],
  [Uint8Array, "uint8"],
  [Int32Array, "int32"],
  [Float64Array, "float64"],
  [Int16Array, "int16"],
  [Int8Array, "int8"],
];

/**
 * The dtype of elements that come without one: bytes are numbers.
 *
 * @throws DTypeError for an array whose elements no dtype holds as they are: `can't convert an array of type Uint16Array`
 */
export function dtypeOfArray(data: TypedArray | BigInt64Array): DType {
  if (data instanceof BigInt64Array) return "int64";
  const found = DTYPE_OF_ARRAY.find(([kind]) => data instanceof kind);
  if (found === undefined) throw noTensor(data);
  return found[1];
}

/** Not a view of bytes without elements, and not big integers. */
function holdsNumbers(data: ArrayBufferView): boolean {
  return !(data instanceof DataView || data instanceof BigInt64Array || data instanceof BigUint64Array);
}

function noTensor(data: unknown): DTypeError {
  const { name } = (data as object).constructor;
  const wayOut =
    data instanceof DataView
      ? "Read its elements first, or its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength)."
      : /^Big/.test(name)
        ? "Convert it: BigInt64Array.from(data)."
        : name === "Uint8ClampedArray"
          ? "Look into its bytes: new Uint8Array(data.buffer, data.byteOffset, data.length)."
          : "Convert it: Int32Array.from(data) or Float32Array.from(data).";
  return new DTypeError(
    "tensor",
    `can't convert an array of type ${name}. The only supported types are: Float64Array, Float32Array, BigInt64Array, Int32Array, Int16Array, Int8Array and Uint8Array`,
    "",
    wayOut,
  );
}
