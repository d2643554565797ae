import { type FileBytes, isTensor, type Tensor, type TypedArray, ValueError } from "@kindling/core";
import {
  bytesPerElement,
  checkOptions,
  DTYPES,
  describeValue,
  isObject,
  surplusArguments,
  toFileArray,
} from "@kindling/core/extend";
import { hostOrder } from "./byte-order.ts";
import type { Entry } from "./deserialize.ts";
import { quoted } from "./safetensor-error.ts";
import { serialize } from "./serialize.ts";

const OPTIONS = ["metadata"];

export interface SaveOptions {
  /** Text to keep with the tensors, beside `format: "pt"`, which tells other programs that they are PyTorch's. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The bytes of a safetensors file with these tensors, of any device, each in its dtype.
 *
 * Same as `safetensors.torch.save(tensors, metadata)`.
 *
 * @throws ValueError for what is not a tensor, and for two names of one tensor.
 */
export async function save(tensors: Readonly<Record<string, Tensor>>, options: SaveOptions = {}): Promise<FileBytes> {
  if (arguments.length > 2) throw surplusArguments("save(tensors, options?)", arguments.length);
  checkOptions("save", options, OPTIONS);
  const named = checked(tensors);
  const data = await Promise.all(named.map(([, tensor]) => tensor.toTypedArray()));
  return write(named, data, options);
}

/** As {@link save}, of tensors that can be read without waiting. */
export function saveSync(tensors: Readonly<Record<string, Tensor>>, options: SaveOptions = {}): FileBytes {
  if (arguments.length > 2) throw surplusArguments("saveSync(tensors, options?)", arguments.length);
  checkOptions("saveSync", options, OPTIONS);
  const named = checked(tensors);
  const data = named.map(([, tensor]) => tensor.toTypedArraySync());
  return write(named, data, options);
}

function wayToTensors(given: unknown): string {
  if (isTensor(given)) return "Give it a name: { x: tensor }.";
  const isModule = isObject(given) && "namedParameters" in given;
  return isModule
    ? "Pass net.stateDict()."
    : "Give tensors by name: net.stateDict(), or { x: tensor }. A whole training is trainer.saveCheckpoint().";
}

type Named = readonly (readonly [string, Tensor])[];

function checked(tensors: Readonly<Record<string, Tensor>>): Named {
  if (typeof tensors !== "object" || tensors === null || isTensor(tensors) || "stateDict" in tensors) {
    const got = `got ${tensors === undefined ? "nothing" : describeValue(tensors)}`;
    throw new ValueError("save", "Expected a dict of [str, torch.Tensor]", got, wayToTensors(tensors));
  }
  const names = new Map<Tensor, string>();
  const named = Object.entries(tensors);
  for (const [name, tensor] of named) {
    if (!isTensor(tensor)) {
      throw new ValueError(
        "save",
        `Key \`${quoted(name)}\` is invalid, expected torch.Tensor but received ${tensor === null ? "null" : typeof tensor}`,
        "",
        "Files hold tensors only; put text into the option metadata.",
      );
    }
    const other = names.get(tensor);
    if (other !== undefined) {
      throw new ValueError(
        "save",
        "Some tensors share memory, this will lead to duplicate memory on disk and potential differences when loading them again",
        `[{'${quoted(other)}', '${quoted(name)}'}]`,
        "Leave one of them out, or save a copy: t.clone().",
      );
    }
    names.set(tensor, name);
  }
  return named;
}

function write(named: Named, data: readonly TypedArray[], { metadata }: SaveOptions): FileBytes {
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (typeof value === "string") continue;
    throw new ValueError(
      "save",
      "metadata must be text",
      `\`${quoted(key)}\` is ${typeof value}`,
      "Write JSON.stringify(value).",
    );
  }
  const entries = named.map(([name, tensor], i) => encode(name, tensor, data[i] as TypedArray));
  return serialize(entries, { format: "pt", ...metadata });
}

function encode(name: string, { dtype, shape }: Tensor, data: TypedArray): Entry {
  const { buffer, byteOffset, byteLength } = toFileArray(data, dtype);
  const bytes = hostOrder(new Uint8Array(buffer, byteOffset, byteLength), bytesPerElement(dtype));
  return { name, dtype: DTYPES[dtype].safetensors, shape, data: bytes };
}
