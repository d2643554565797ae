import { ValueError } from "@kindling/core";
import { numel, surplusArguments } from "@kindling/core/extend";

/** What each element type of the format is in JavaScript. */
export interface IdxArrays {
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** An array of the IDX format, row-major. */
export type IdxArray = {
  readonly [D in keyof IdxArrays]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: IdxArrays[D];
  };
}[keyof IdxArrays];

/** An element type: its size, and how to read `length` of them, big end first, of which bytes need no copy. */
interface Element<D extends keyof IdxArrays> {
  readonly dtype: D;
  readonly bytes: number;
  read(view: DataView, length: number): IdxArrays[D];
}

/** By the code in the third byte of a file. */
const ELEMENTS: Readonly<Record<number, { [D in keyof IdxArrays]: Element<D> }[keyof IdxArrays]>> = {
  8: { dtype: "uint8", bytes: 1, read: (view, length) => new Uint8Array(view.buffer, view.byteOffset, length) },
  9: { dtype: "int8", bytes: 1, read: (view, length) => new Int8Array(view.buffer, view.byteOffset, length) },
  11: { dtype: "int16", bytes: 2, read: (view, length) => Int16Array.from({ length }, (_, i) => view.getInt16(2 * i)) },
  12: { dtype: "int32", bytes: 4, read: (view, length) => Int32Array.from({ length }, (_, i) => view.getInt32(4 * i)) },
  13: {
    dtype: "float32",
    bytes: 4,
    read: (view, length) => Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i)),
  },
  14: {
    dtype: "float64",
    bytes: 8,
    read: (view, length) => Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i)),
  },
};

/**
 * Reads the IDX format of http://yann.lecun.com/exdb/mnist: two zero bytes, the element type, the number of dimensions,
 * each dimension as a big-endian uint32, then the elements.
 *
 * Nothing is allocated before the header and the length of `file` agree. Bytes share the memory of `file`.
 *
 * @throws ValueError for anything but one whole array.
 */
export function readIdx(file: Uint8Array): IdxArray {
  if (arguments.length > 1) throw surplusArguments("readIdx(file)", arguments.length);
  const [zero, alsoZero, code, ndim] = file;
  const element = zero === 0 && alsoZero === 0 ? ELEMENTS[code ?? 0] : undefined;
  if (element === undefined || ndim === undefined || ndim === 0) {
    const start = file.length === 0 ? "an empty file" : `a file that starts with ${preview(file)}`;
    throw broken("not an IDX file", start);
  }
  const header = 4 + 4 * ndim;
  if (file.length < header) throw broken(`the header of ${ndim} dimensions is cut short`, `${file.length} bytes`);

  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const shape = Array.from({ length: ndim }, (_, i) => view.getUint32(4 + 4 * i));
  const length = numel(shape);
  const left = file.length - header;
  if (length * element.bytes !== left) {
    const rule = `shape '[${shape.join(", ")}]' is invalid for input of size ${Math.floor(left / element.bytes)}`;
    throw broken(rule, `${file.length} bytes instead of ${header + length * element.bytes}`);
  }
  const body = new DataView(file.buffer, file.byteOffset + header, left);
  return { dtype: element.dtype, shape, data: element.read(body, length) } as IdxArray;
}

function broken(rule: string, got: string): ValueError {
  return new ValueError("readIdx", rule, got, "The file is damaged or something else: fetch it again.");
}

/** The first bytes as text where they are text (an HTML page, say), else in hexadecimal. */
function preview(file: Uint8Array): string {
  const start = file.subarray(0, 12);
  const text = String.fromCharCode(...start);
  if (/^[ -~\s]+$/.test(text)) return JSON.stringify(text);
  return Array.from(start, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
