import { fromBuffer, type Tensor } from "@kindling/core";

/** Bytes that look random and are always the same. */
export const bytes = (...shape: number[]): Tensor =>
  fromBuffer(
    Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * 2654435761) >>> 24),
    shape,
  );

/** The same as floats of [0, 1]. */
export const floats = (...shape: number[]): Tensor =>
  bytes(...shape)
    .to("float32")
    .div(255);
