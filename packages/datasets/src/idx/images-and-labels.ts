import { fromBuffer, type Tensor, ValueError } from "@kindling/core";
import { readIdx } from "./read-idx.ts";

/** Images of a file, uint8 `[N, H, W]`, which share its memory. */
export function readImages(file: Uint8Array): Tensor {
  const array = readIdx(file);
  if (array.dtype === "uint8" && array.shape.length === 3) return fromBuffer(array.data, array.shape);
  throw new ValueError(
    "readImages",
    "images must be bytes [N, H, W]",
    `the file holds ${array.dtype} [${array.shape}]`,
  );
}

/** Labels of a file, int64 `[N]`. */
export function readLabels(file: Uint8Array): Tensor {
  const array = readIdx(file);
  if (array.dtype === "uint8" && array.shape.length === 1)
    return fromBuffer(Float64Array.from(array.data), array.shape, { dtype: "int64" });
  throw new ValueError("readLabels", "labels must be bytes [N]", `the file holds ${array.dtype} [${array.shape}]`);
}
