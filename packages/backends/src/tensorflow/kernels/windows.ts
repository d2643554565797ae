import type { TensorflowBackend } from "../backend.ts";
import type { OpAttribute } from "../binding.ts";

// How a window moves over an image `[N, H, W, C]`: tfjs's attributes as TensorFlow's.

type Pair = readonly [number, number];

export function pair(value: unknown): Pair {
  return typeof value === "number" ? [value, value] : (value as Pair);
}

export function strides(tf: TensorflowBackend, value: unknown): OpAttribute {
  return tf.int("strides", [1, ...pair(value), 1]);
}

/** `"same"`, `"valid"`, a number for every side, or `[[0, 0], [top, bottom], [left, right], [0, 0]]`. */
export function padding(tf: TensorflowBackend, pad: unknown): OpAttribute[] {
  if (pad === "same" || pad === "valid") return [tf.text("padding", pad.toUpperCase())];
  const sides = typeof pad === "number" ? [0, 0, pad, pad, pad, pad, 0, 0] : (pad as number[][]).flat();
  if (sides.every((side) => side === 0)) return [tf.text("padding", "VALID")];
  return [tf.text("padding", "EXPLICIT"), tf.int("explicit_paddings", sides)];
}
