import type { DType, TypedArray } from "@kindling/core";
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

/** How to treat a tensor with integers beyond int32. */
export type Overflow = "error" | "float32";

export interface Decoded {
  readonly dtype: DType;
  readonly data: TypedArray;
  readonly lost: string | null;
}

/**
 * The elements of a tensor in one of Kindling's dtypes: floats become float32, integers int32, except U8 and BOOL.
 *
 * @param bytes its data, which is taken over: the result may share its memory. Starts at the beginning of its buffer.
 * @throws SafetensorError for complex numbers and floats of less than a byte, and for integers beyond int32.
 */
export function decode(
  info: Pick<TensorInfo, "name" | "dtype">,
  bytes: Uint8Array,
  overflow: Overflow = "error",
): Decoded {
  const { dtype } = info;
  if (dtype === "U32" || dtype === "I64" || dtype === "U64") return decodeWide(info, dtype, bytes, overflow);
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
    case "I32":
      return exact("int32", new Int32Array(buffer, byteOffset, length));
    case "I8":
      return exact("int32", Int32Array.from(new Int8Array(buffer, byteOffset, length)));
    case "I16":
      return exact("int32", Int32Array.from(new Int16Array(buffer, byteOffset, length)));
    case "U16":
      return exact("int32", Int32Array.from(new Uint16Array(buffer, byteOffset, length)));
    case "F64":
      return rounded(new Float64Array(buffer, byteOffset, length));
    case "BF16": {
      const bits = Uint32Array.from(new Uint16Array(buffer, byteOffset, length), (pattern) => pattern << 16);
      return exact("float32", new Float32Array(bits.buffer));
    }
    case "F16": {
      const values = valuesOf(SMALL_FLOATS.F16);
      return exact(
        "float32",
        Float32Array.from(new Uint16Array(buffer, byteOffset, length), (pattern) => values[pattern] as number),
      );
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

function rounded(values: Float64Array): Decoded {
  const data = Float32Array.from(values);
  let changed = 0;
  let infinite = 0;
  for (let i = 0; i < data.length; i++) {
    const [before, after] = [values[i] as number, data[i] as number];
    if (before === after || Number.isNaN(before)) continue;
    changed++;
    if (!Number.isFinite(after)) infinite++;
  }
  const beyond = infinite > 0 ? `, ${infinite} of them to infinity` : "";
  return {
    dtype: "float32",
    data,
    lost: changed > 0 ? `${changed} of ${data.length} values rounded to float32${beyond}` : null,
  };
}

/** int32 where all values fit. */
function decodeWide(
  { name }: { readonly name: string },
  dtype: "U32" | "I64" | "U64",
  bytes: Uint8Array,
  overflow: Overflow,
): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = BITS[dtype] / 8;
  const data = new Int32Array(bytes.length / width);
  let outside = 0;
  let first = 0;
  for (let i = 0; i < data.length; i++) {
    const low = view.getInt32(i * width, true);
    const high = width === 8 ? view.getInt32(i * width + 4, true) : 0;
    data[i] = low;
    const fits = dtype === "I64" ? high === low >> 31 : high === 0 && low >= 0;
    if (!fits && outside++ === 0) first = i;
  }
  if (outside === 0) return exact("int32", data);
  const value = (i: number): bigint => {
    if (dtype === "U32") return BigInt(view.getUint32(i * 4, true));
    return dtype === "I64" ? view.getBigInt64(i * 8, true) : view.getBigUint64(i * 8, true);
  };
  const said = `${outside} of ${data.length} values lie outside int32`;
  if (overflow === "error") {
    throw new SafetensorError(
      `dtype ${dtype} of tensor \`${quoted(name)}\` does not fit int32, the widest integer here`,
      `${said}, the first is ${value(first)}`,
      'Take them as floats, load(bytes, { overflow: "float32" }), or leave the tensor out: load(bytes, { names }).',
    );
  }
  const floats = Float32Array.from(data, (_, i) => Number(value(i)));
  const changed = floats.reduce((count, float, i) => count + (BigInt(float) === value(i) ? 0 : 1), 0);
  return { dtype: "float32", data: floats, lost: `${said}: all became float32, ${changed} were rounded` };
}
