import type { TensorflowBackend } from "../backend.ts";
import type { OpAttribute } from "../binding.ts";
import { type Attributes, input, type Kernel, kernel } from "./kernel.ts";

// Images are NHWC and filters HWIO, as tfjs has them. TensorFlow pads at each side on its own, dilates and groups: nothing is put together.

type Pair = readonly [number, number];

function pair(value: unknown): Pair {
  return typeof value === "number" ? [value, value] : (value as Pair);
}

function strides(tf: TensorflowBackend, value: unknown): OpAttribute {
  return tf.int("strides", [1, ...pair(value), 1]);
}

/** `"same"`, `"valid"`, a number for every side, or `[[0, 0], [top, bottom], [left, right], [0, 0]]`. */
function padding(tf: TensorflowBackend, pad: unknown): OpAttribute[] {
  if (pad === "same" || pad === "valid") return [tf.text("padding", pad.toUpperCase())];
  const sides = typeof pad === "number" ? [0, 0, pad, pad, pad, pad, 0, 0] : (pad as number[][]).flat();
  if (sides.every((side) => side === 0)) return [tf.text("padding", "VALID")];
  return [tf.text("padding", "EXPLICIT"), tf.int("explicit_paddings", sides)];
}

function convolution(tf: TensorflowBackend, { strides: by, pad, dilations }: Attributes): OpAttribute[] {
  const [high, wide] = pair(dilations ?? 1);
  return [strides(tf, by), ...padding(tf, pad), tf.int("dilations", [1, high, wide, 1])];
}

function pooling(tf: TensorflowBackend, { filterSize, strides: by, pad }: Attributes): OpAttribute[] {
  return [tf.int("ksize", [1, ...pair(filterSize), 1]), strides(tf, by), ...padding(tf, pad)];
}

export const images: Readonly<Record<string, Kernel>> = {
  AvgPool: kernel((tf, inputs, attrs) => tf.op("AvgPool", [input(inputs, "x")], pooling(tf, attrs))),
  Conv2D: kernel((tf, inputs, attrs) =>
    tf.op("Conv2D", [input(inputs, "x"), input(inputs, "filter")], convolution(tf, attrs)),
  ),
  Conv2DBackpropFilter: kernel((tf, inputs, attrs) =>
    tf.op(
      "Conv2DBackpropFilter",
      [input(inputs, "x"), tf.constants.ints(attrs.filterShape as readonly number[]), input(inputs, "dy")],
      convolution(tf, attrs),
    ),
  ),
  Conv2DBackpropInput: kernel((tf, inputs, attrs) =>
    tf.op(
      "Conv2DBackpropInput",
      [tf.constants.ints(attrs.inputShape as readonly number[]), input(inputs, "filter"), input(inputs, "dy")],
      convolution(tf, attrs),
    ),
  ),
  MaxPool: kernel((tf, inputs, attrs) => tf.op("MaxPool", [input(inputs, "x")], pooling(tf, attrs))),
  MaxPoolGrad: kernel((tf, inputs, attrs) =>
    tf.op("MaxPoolGrad", [input(inputs, "input"), input(inputs, "output"), input(inputs, "dy")], pooling(tf, attrs)),
  ),
};
