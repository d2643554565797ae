import type { DType, TypedArray } from "@kindling/core";
import { fromFileArray } from "@kindling/core/extend";
import { hostOrder } from "./byte-order.ts";
import { BITS, type FormatDType } from "./format-dtype.ts";
import type { TensorInfo } from "./header.ts";
import { quoted, SafetensorError } from "./safetensor-error.ts";
import { SMALL_FLOATS, valuesOf } from "./small-float.ts";

/** A tensor that the file has in a dtype which Kindling does not. */
export interface Conversion {
  readonly name: string;
  readonly from: FormatDType;
  readonly to: DType;
  /** A description of values that differ from the file's; null if none does. */
  readonly lost: string | null;
}

/** How to treat a tensor with integers beyond 2^53. */
export type Overflow = "error" | "float64";

export interface Decoded {
  readonly dtype: DType;
  readonly data: TypedArray;
  readonly lost: string | null;
}

/**
 * The elements of a tensor in its dtype; U16 becomes int32, U32 and U64 int64, and floats of 8 bits float32.
 *
 * @param bytes its data, which is taken over: the result may share its memory. Starts at the beginning of its buffer.
 * @throws SafetensorError for complex numbers and floats of less than a byte, and for integers beyond 2^53.
 */
export function decode(
  info: Pick<TensorInfo, "name" | "dtype">,
  bytes: Uint8Array,
  overflow: Overflow = "error",
): Decoded {
  const { dtype } = info;
  if (dtype === "I64" || dtype === "U64") return decodeWide(info, dtype, bytes, overflow);
  const { buffer, byteOffset } = hostOrder(bytes, Math.max(1, BITS[dtype] / 8));
  const length = bytes.length / (BITS[dtype] / 8);
  switch (dtype) {
    case "F32":
      return exact("float32", new Float32Array(buffer, byteOffset, length));
    case "U8":
      return exact("uint8", bytes);
    case "BOOL":
      return exact(
        "bool",
        bytes.map((byte) => (byte === 0 ? 0 : 1)),
      );
    case "F64":
      return exact("float64", new Float64Array(buffer, byteOffset, length));
    case "I32":
      return exact("int32", new Int32Array(buffer, byteOffset, length));
    case "I8":
      return exact("int8", new Int8Array(buffer, byteOffset, length));
    case "I16":
      return exact("int16", new Int16Array(buffer, byteOffset, length));
    case "U16":
      return exact("int32", Int32Array.from(new Uint16Array(buffer, byteOffset, length)));
    case "U32":
      return exact("int64", Float64Array.from(new Uint32Array(buffer, byteOffset, length)));
    case "F16":
    case "BF16": {
      const halves = dtype === "F16" ? "float16" : "bfloat16";
      return exact(halves, fromFileArray("load", new Uint16Array(buffer, byteOffset, length), halves));
    }
    case "F8_E4M3":
    case "F8_E5M2":
    case "F8_E4M3FNUZ":
    case "F8_E5M2FNUZ": {
      const values = valuesOf(SMALL_FLOATS[dtype]);
      return exact(
        "float32",
        Float32Array.from(bytes, (pattern) => values[pattern] as number),
      );
    }
    case "F8_E8M0":
      return exact(
        "float32",
        Float32Array.from(bytes, (exponent) => (exponent === 255 ? Number.NaN : 2 ** (exponent - 127))),
      );
    default:
      throw new SafetensorError(
        `dtype ${dtype} has no counterpart in Kindling`,
        `tensor \`${quoted(info.name)}\` has it`,
        dtype === "C64"
          ? "Save real and imaginary part as two tensors, or omit it: load(bytes, { names })."
          : "Convert it to F8, F16 or F32 where it was made, or omit it: load(bytes, { names }).",
      );
  }
}

function exact(dtype: DType, data: TypedArray): Decoded {
  return { dtype, data, lost: null };
}

/** The least `int64`, which is a double although it is beyond 2^53. */
const LEAST = -(2n ** 63n);

/** `int64` where all values are exact. */
function decodeWide(
  { name }: { readonly name: string },
  dtype: "I64" | "U64",
  bytes: Uint8Array,
  overflow: Overflow,
): Decoded {
  const { buffer, byteOffset } = hostOrder(bytes, 8);
  const length = bytes.length / 8;
  const values =
    dtype === "I64" ? new BigInt64Array(buffer, byteOffset, length) : new BigUint64Array(buffer, byteOffset, length);
  const data = new Float64Array(length);
  let outside = 0;
  let first = 0n;
  for (let i = 0; i < length; i++) {
    const value = values[i] as bigint;
    data[i] = Number(value);
    if (!Number.isSafeInteger(data[i]) && value !== LEAST && outside++ === 0) first = value;
  }
  if (outside === 0) return exact("int64", data);
  const said = `${outside} of ${length} values lie beyond 2^53`;
  if (overflow === "error") {
    throw new SafetensorError(
      `dtype ${dtype} of tensor \`${quoted(name)}\` does not fit int64, which is exact up to 2^53 here`,
      `${said}, the first is ${first}`,
      'Take them as floats, load(bytes, { overflow: "float64" }), or leave the tensor out: load(bytes, { names }).',
    );
  }
  const changed = data.reduce((count, float, i) => count + (BigInt(float) === values[i] ? 0 : 1), 0);
  return { dtype: "float64", data, lost: `${said}: all became float64, ${changed} were rounded` };
}
