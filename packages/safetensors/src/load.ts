import { fromBuffer, type Tensor } from "@kindling/core";
import { checkOptions, DTYPES, surplusArguments } from "@kindling/core/extend";
import { type Conversion, decode, type Overflow } from "./decode.ts";
import { deserialize } from "./deserialize.ts";
import type { TensorInfo } from "./header.ts";
import { quoted, SafetensorError } from "./safetensor-error.ts";

export interface LoadOptions {
  /** Read these tensors only. Default: all. */
  readonly names?: readonly string[];
  /** How to treat I64 and U64 tensors with a value beyond 2^53. Default: "error". */
  readonly overflow?: Overflow;
}

/** A file with everything that was in it. */
export interface Loaded {
  /** On the cpu device, in the order of the file's data. */
  readonly tensors: Record<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** The tensors that changed their dtype, and what was lost by it. */
  readonly conversions: readonly Conversion[];
}

const OPTIONS = ["names", "overflow"];

/**
 * The tensors of a safetensors file.
 *
 * Dtypes stay what they are, but for U16, which becomes int32, U32 and U64, which become int64, and the F8 kinds, which become float32. Only
 * integers beyond 2^53 (an error, unless `overflow` says otherwise) lose by it: see {@link loadWithMetadata}.
 *
 * Same as `safetensors.torch.load(data)`.
 *
 * @throws SafetensorError for a file that is not valid, a dtype that cannot be converted, or a name that is not there.
 */
export function load(bytes: Uint8Array | ArrayBuffer, options: LoadOptions = {}): Record<string, Tensor> {
  if (arguments.length > 2) throw surplusArguments("load(bytes, options?)", arguments.length);
  checkOptions("load", options, OPTIONS);
  return loadWithMetadata(bytes, options).tensors;
}

/** As {@link load}, with the file's metadata and what became of dtypes that Kindling does not have. */
export function loadWithMetadata(bytes: Uint8Array | ArrayBuffer, options: LoadOptions = {}): Loaded {
  if (arguments.length > 2) throw surplusArguments("loadWithMetadata(bytes, options?)", arguments.length);
  checkOptions("loadWithMetadata", options, OPTIONS);
  const { entries, metadata } = deserialize(bytes);
  const builder = new LoadedBuilder(options);
  for (const entry of select(entries, options.names)) builder.add(entry, new Uint8Array(entry.data));
  return builder.result(metadata);
}

/** Those entries that were asked for. */
export function select<E extends { readonly name: string }>(
  entries: readonly E[],
  names?: readonly string[],
): readonly E[] {
  if (names === undefined) return entries;
  const wanted = new Set(names);
  const found = entries.filter(({ name }) => wanted.delete(name));
  for (const missing of wanted) {
    const there = quoted(entries.map(({ name }) => name).join(", "));
    throw new SafetensorError(
      `tensor \`${quoted(missing)}\` not found`,
      `the file holds ${there || "none"}`,
      "Check the name.",
    );
  }
  return found;
}

/** Makes tensors of entries, one after the other. */
export class LoadedBuilder {
  readonly #tensors: [string, Tensor][] = [];
  readonly #conversions: Conversion[] = [];
  readonly #overflow: Overflow;

  constructor(options: LoadOptions) {
    const { overflow = "error" } = options;
    this.#overflow = overflow;
  }

  /** `data` is taken over. */
  add(info: Omit<TensorInfo, "begin" | "end">, data: Uint8Array): void {
    const { name, dtype, shape } = info;
    const decoded = decode(info, data, this.#overflow);
    this.#tensors.push([name, fromBuffer(decoded.data, shape, { dtype: decoded.dtype })]);
    if (DTYPES[decoded.dtype].safetensors !== dtype)
      this.#conversions.push({ name, from: dtype, to: decoded.dtype, lost: decoded.lost });
  }

  result(metadata: Loaded["metadata"]): Loaded {
    // Not by assignment: a name may be `__proto__`.
    return { tensors: Object.fromEntries(this.#tensors), metadata, conversions: this.#conversions };
  }
}
