import { isTensor } from "@kindling/core";

/** A sample or batch as plain values, so that two of them can be compared: tensors become shape, dtype and elements. */
export function plain(value: unknown): unknown {
  if (isTensor(value)) return { shape: value.shape, dtype: value.dtype, data: Array.from(value.toTypedArraySync()) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
