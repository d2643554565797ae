import { BITS, type FormatDType, isFormatDType } from "./format-dtype.ts";
import { JsonReader } from "./json-reader.ts";
import { wayOutOfOtherFile } from "./other-file.ts";
import { quoted, SafetensorError } from "./safetensor-error.ts";

const MAX_HEADER = 100_000_000;
/** Bytes of the number in front of the header. */
export const LENGTH_BYTES = 8;

/** A tensor as the header describes it; `begin` and `end` count from the end of the header. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: FormatDType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Everything that a header says, in the order of the data. */
export interface Header {
  readonly infos: readonly TensorInfo[];
  /** `__metadata__`; null where there is none. */
  readonly metadata: Readonly<Record<string, string>> | null;
}

/**
 * The header's length in bytes, from the first eight bytes of a file of `fileLength`.
 *
 * @throws SafetensorError for a file that cannot hold such a header.
 */
export function headerLength(start: Uint8Array, fileLength: number): number {
  if (start.length < LENGTH_BYTES) {
    throw new SafetensorError(
      "header too small",
      `the file has ${start.length} bytes, the header's length takes ${LENGTH_BYTES}`,
    );
  }
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER) {
    const got = `it would have ${length} bytes, and ${MAX_HEADER} is the limit`;
    throw new SafetensorError("header too large", got, wayOutOfOtherFile(start));
  }
  if (length > fileLength - LENGTH_BYTES) {
    throw new SafetensorError(
      "invalid header length",
      `it would have ${length} bytes, but only ${fileLength - LENGTH_BYTES} follow`,
      wayOutOfOtherFile(start),
    );
  }
  return length;
}

/**
 * The tensors of a header, checked: they cover the `dataLength` bytes that follow without a hole or an overlap, and each takes
 * as many bytes as its shape and dtype say.
 *
 * @throws SafetensorError with the words of the reference implementation.
 */
export function parseHeader(bytes: Uint8Array, dataLength: number): Header {
  const header = readHeader(decodeUtf8(bytes));
  let start = 0;
  for (const info of header.infos) {
    checkInfo(info, start);
    start = info.end;
  }
  if (start !== dataLength) {
    const [what, way] =
      start > dataLength ? ["missing", "The file was cut off"] : ["left over", "The file was damaged"];
    throw new SafetensorError(
      "incomplete metadata, file not fully covered",
      `the tensors take ${start} bytes and ${dataLength} follow the header: ${Math.abs(start - dataLength)} are ${what}`,
      `${way}: get it again.`,
    );
  }
  return header;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SafetensorError("invalid UTF-8 in header", `${bytes.length} bytes`);
  }
}

function readHeader(text: string): Header {
  const json = new JsonReader(text);
  const infos: TensorInfo[] = [];
  let metadata: Record<string, string> | null = null;
  if (!text.startsWith("{")) json.fail("a header begins with `{`");
  json.object((name) => {
    if (name === "__metadata__") metadata = json.isNull() ? null : readMetadata(json);
    else infos.push(readInfo(json, name));
  });
  json.end();
  infos.sort((a, b) => a.begin - b.begin || a.end - b.end);
  return { infos, metadata };
}

function readMetadata(json: JsonReader): Record<string, string> {
  const entries: [string, string][] = [];
  json.object((key) => entries.push([key, json.string()]));
  return Object.fromEntries(entries); // not by assignment: a key may be `__proto__`
}

function readInfo(json: JsonReader, name: string): TensorInfo {
  let dtype: FormatDType | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  json.object((field) => {
    if (field === "dtype") dtype = readDType(json, name);
    else if (field === "shape") shape = readIntegers(json);
    else if (field === "data_offsets") offsets = readIntegers(json);
    else json.skip();
  });
  if (dtype === undefined) return json.fail(`missing field \`dtype\` of \`${quoted(name)}\``);
  if (shape === undefined) return json.fail(`missing field \`shape\` of \`${quoted(name)}\``);
  if (offsets === undefined) return json.fail(`missing field \`data_offsets\` of \`${quoted(name)}\``);
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length !== 2) {
    return json.fail(
      `invalid length ${offsets.length}, expected a tuple of size 2 as data_offsets of \`${quoted(name)}\``,
    );
  }
  return { name, dtype, shape, begin, end };
}

function readDType(json: JsonReader, name: string): FormatDType {
  const dtype = json.string();
  if (isFormatDType(dtype)) return dtype;
  return json.fail(
    `unknown variant \`${quoted(dtype)}\` as dtype of \`${quoted(name)}\`, expected one of ${Object.keys(BITS).join(", ")}`,
  );
}

function readIntegers(json: JsonReader): number[] {
  const integers: number[] = [];
  json.array(() => integers.push(json.integer()));
  return integers;
}

function checkInfo({ name, dtype, shape, begin, end }: TensorInfo, start: number): void {
  if (begin !== start || end < begin) {
    throw new SafetensorError(
      `invalid offset for tensor \`${quoted(name)}\``,
      `it takes bytes ${begin} to ${end}, and the one before it ends at ${start}`,
    );
  }
  let elements = 1;
  for (const size of shape) {
    elements *= size;
    if (size > Number.MAX_SAFE_INTEGER || elements > Number.MAX_SAFE_INTEGER) {
      throw new SafetensorError(
        "overflow computing buffer size from shape and/or element type",
        described(name, dtype, shape),
      );
    }
  }
  const bits = elements * BITS[dtype];
  if (bits % 8 !== 0) {
    throw new SafetensorError(
      "The slice is slicing for subbytes dtypes, and the slice does not end up at a byte boundary, this is invalid.",
      described(name, dtype, shape),
    );
  }
  if (end - begin !== bits / 8) {
    throw new SafetensorError(
      "invalid shape, data type, or offset for tensor",
      `${described(name, dtype, shape)} takes ${bits / 8} bytes, and its offsets say ${end - begin}`,
    );
  }
}

function described(name: string, dtype: FormatDType, shape: readonly number[]): string {
  return `\`${quoted(name)}\` of dtype ${dtype} and shape ${quoted(`[${shape.slice(0, 40).join(", ")}${shape.length > 40 ? ", ..." : ""}]`)}`;
}
