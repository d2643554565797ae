import { ValueError } from "@kindling/core";
import { describeValue, surplusArguments } from "@kindling/core/extend";
import type { FormatDType } from "./format-dtype.ts";
import { type Header, headerLength, LENGTH_BYTES, parseHeader } from "./header.ts";

/** A tensor of a file: its bytes are those of the file, little-endian and row-major. */
export interface Entry {
  readonly name: string;
  readonly dtype: FormatDType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A file taken apart. */
export interface Contents {
  /** In the order of the data. */
  readonly entries: readonly Entry[];
  readonly metadata: Header["metadata"];
}

/**
 * Takes a safetensors file apart; every dtype of the format, no copies, no tensors. The memory it takes is that of the header.
 *
 * @throws SafetensorError for a file that is not valid in every respect.
 */
export function deserialize(bytes: Uint8Array | ArrayBuffer): Contents {
  if (arguments.length > 1) throw surplusArguments("deserialize(bytes)", arguments.length);
  checkBytes(bytes);
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const start = LENGTH_BYTES + headerLength(file.subarray(0, LENGTH_BYTES), file.length);
  const { infos, metadata } = parseHeader(file.subarray(LENGTH_BYTES, start), file.length - start);
  const entries = infos.map(({ name, dtype, shape, begin, end }) => ({
    name,
    dtype,
    shape,
    data: file.subarray(start + begin, start + end),
  }));
  return { entries, metadata };
}

/** Refuses a path, a promise and the like, which would count as an empty file. */
function checkBytes(bytes: unknown): void {
  if (ArrayBuffer.isView(bytes) || Object.prototype.toString.call(bytes).endsWith("ArrayBuffer]")) return;
  throw new ValueError(
    "safetensors",
    "a file is read from its bytes",
    `got ${bytes === undefined ? "nothing" : describeValue(bytes)}`,
    typeof bytes === "string"
      ? 'A path is for loadFile(path) from "@kindling/safetensors/node"; in a page fetch the file and pass its bytes.'
      : "Pass a Uint8Array or an ArrayBuffer.",
  );
}
