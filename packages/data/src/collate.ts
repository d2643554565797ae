import { fromBuffer, isTensor, ShapeError, stack, type Tensor, type TypedArray, ValueError } from "@kindling/core";
import { checkList, DTYPES, isObject, surplusArguments } from "@kindling/core/extend";
import type { Collated } from "./collated.ts";

/**
 * A list of samples as one batch. The first sample decides how:
 *
 * - tensors are stacked, and typed arrays as if they were tensors;
 * - numbers become an int64 tensor where all are integers, else float32; booleans a bool tensor;
 * - strings stay a list;
 * - tuples and arrays are collated position by position, plain objects key by key.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.default_collate
 */
export function defaultCollate<S>(batch: readonly S[]): Collated<S> {
  if (arguments.length > 1) throw surplusArguments("defaultCollate(batch)", arguments.length);
  checkList("defaultCollate", batch, { name: "batch", of: "samples", wayOut: "Give an array of samples." });
  return collate(batch) as Collated<S>;
}

function collate(batch: readonly unknown[]): unknown {
  switch (commonKind(batch)) {
    case "tensor":
      return stack(batch as Tensor[]);
    case "typed array":
      return stack((batch as TypedArray[]).map((array) => fromBuffer(array, [array.length])));
    case "number":
      return numbers(batch as number[]);
    case "boolean":
      return fromBuffer(Uint8Array.from(batch as boolean[], Number), [batch.length], { dtype: "bool" });
    case "string":
      return [...batch];
    case "array":
      return columns(batch as unknown[][]);
    case "object":
      return records(batch as Record<string, unknown>[]);
  }
}

type Kind = "tensor" | "typed array" | "number" | "boolean" | "string" | "array" | "object";

function kindOf(value: unknown): Kind | null {
  const type = typeof value;
  if (type === "number" || type === "boolean" || type === "string") return type;
  if (isTensor(value)) return "tensor";
  if (isTypedArray(value)) return "typed array";
  if (Array.isArray(value)) return "array";
  return isRecord(value) ? "object" : null;
}

/** The type that all parts of a batch share. */
function commonKind(batch: readonly unknown[]): Kind {
  const [first] = batch;
  const kind = kindOf(first);
  const odd = batch.findIndex((value) => kindOf(value) !== kind);
  if (kind !== null && odd < 0) return kind;
  throw new ValueError(
    "defaultCollate",
    `default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found ${describe(kind === null ? first : batch[odd])}`,
    odd < 0 ? "" : `sample ${odd} of the batch is not what sample 0 is (${describe(first)})`,
    "Return one of these from the data set, or pass a collateFn of your own to the DataLoader.",
  );
}

function numbers(batch: readonly number[]): Tensor {
  if (!batch.every(Number.isSafeInteger)) return fromBuffer(Float32Array.from(batch), [batch.length]);
  return fromBuffer(Float64Array.from(batch), [batch.length], { dtype: "int64" });
}

function columns(batch: readonly (readonly unknown[])[]): unknown[] {
  const size = batch[0]?.length ?? 0;
  for (const sample of batch) {
    if (sample.length === size) continue;
    throw new ShapeError(
      "defaultCollate",
      "each element in list of batch should be of equal size",
      `sizes are ${[...new Set(batch.map(({ length }) => length))].join(" and ")}`,
      "Pad them to one size in the data set, or pass a collateFn of your own to the DataLoader.",
    );
  }
  return Array.from({ length: size }, (_, column) => collate(batch.map((sample) => sample[column])));
}

function records(batch: readonly Record<string, unknown>[]): Record<string, unknown> {
  const keys = Object.keys(batch[0] ?? {});
  const column = (key: string): unknown[] =>
    batch.map((sample, i) => {
      if (Object.hasOwn(sample, key)) return sample[key];
      throw new ValueError(
        "defaultCollate",
        `KeyError: '${key}'`,
        `sample ${i} of the batch lacks what the first one has`,
        "Give all samples the same keys.",
      );
    });
  return Object.fromEntries(keys.map((key) => [key, collate(column(key))]));
}

const ARRAYS = [...new Set(Object.values(DTYPES).map((row) => row.Array))];

/** Arrays of the types that tensors are made of. */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && ARRAYS.some((kind) => value instanceof kind);
}

/** Whether `value` is a plain object, made by `{}` and not by a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return `<class 'NoneType'> (${value})`;
  return `<class '${isObject(value) ? (value.constructor?.name ?? "object") : typeof value}'>`;
}
