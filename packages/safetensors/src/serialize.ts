import { type FileBytes, ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import type { Entry } from "./deserialize.ts";
import { compareDTypes } from "./format-dtype.ts";
import { LENGTH_BYTES, parseHeader } from "./header.ts";
import { quoted } from "./safetensor-error.ts";

/**
 * The bytes of a safetensors file, as the reference implementation writes them: tensors by dtype, the widest first, then by
 * name; the header padded with spaces to a multiple of 8.
 *
 * @throws ValueError for names that a file cannot hold, SafetensorError where data does not fit shape and dtype.
 */
export function serialize(
  entries: Iterable<Entry>,
  metadata: Readonly<Record<string, string>> | null = null,
): FileBytes {
  if (arguments.length > 2) throw surplusArguments("serialize(entries, metadata?)", arguments.length);
  const sorted = [...entries].sort((a, b) => compareDTypes(a.dtype, b.dtype) || compareText(a.name, b.name));
  const fields: [string, unknown][] = metadata === null ? [] : [["__metadata__", metadata]];
  let end = 0;
  for (const { name, dtype, shape, data } of sorted) {
    if (name === "__metadata__")
      throw new ValueError("serialize", "a tensor cannot be named `__metadata__`", "", "Rename it.");
    const begin = end;
    end += data.length;
    fields.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const members = fields.map(([name, value]) => `${JSON.stringify(wellFormed(name))}:${JSON.stringify(value)}`);
  const json = new TextEncoder().encode(`{${members.join(",")}}`);
  const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
  parseHeader(json, end); // never write what could not be read: a name that stands twice, a shape that does not fit its data

  const file = new Uint8Array(LENGTH_BYTES + length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(json, LENGTH_BYTES);
  file.fill(0x20, LENGTH_BYTES + json.length, LENGTH_BYTES + length);
  let at = LENGTH_BYTES + length;
  for (const { data } of sorted) {
    file.set(data, at);
    at += data.length;
  }
  return file;
}

/** By code points, as Rust and Python compare: in UTF-16 the highest ones begin with units below those of some others. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  const place = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return place(left) - place(right);
  }
  return a.length - b.length;
}

function wellFormed(name: string): string {
  if (!/\p{Surrogate}/u.test(name)) return name;
  throw new ValueError(
    "serialize",
    "a name must be valid Unicode",
    quoted(JSON.stringify(name)),
    "It holds half of a character.",
  );
}
