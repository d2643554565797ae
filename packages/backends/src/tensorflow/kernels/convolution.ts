import type { TensorflowBackend } from "../backend.ts";
import type { OpAttribute } from "../binding.ts";
import { type Attributes, input, type Kernel, kernel, type TensorInfo } from "./kernel.ts";
import { padding, pair, strides } from "./windows.ts";

// Images are NHWC and filters HWIO, as tfjs has them. TensorFlow pads each side as it is told, and dilates: nothing is put together.

function convolution(tf: TensorflowBackend, { strides: by, pad, dilations }: Attributes): OpAttribute[] {
  const [high, wide] = pair(dilations ?? 1);
  return [strides(tf, by), ...padding(tf, pad), tf.int("dilations", [1, high, wide, 1])];
}

/**
 * A gradient of as many places as the windows of an image have. TensorFlow insists on all of them; a transposed convolution with
 * output padding leaves out the last ones.
 */
function complete(
  tf: TensorflowBackend,
  dy: TensorInfo,
  image: readonly number[],
  filter: readonly number[],
  attrs: Attributes,
): TensorInfo {
  const [by, apart] = [pair(attrs.strides), pair(attrs.dilations ?? 1)];
  const sides = typeof attrs.pad === "string" ? [] : (attrs.pad as number[][]);
  const missing = [1, 2].map((dim) => {
    const [before = 0, after = 0] = sides[dim] ?? [];
    const size = (image[dim] as number) + before + after;
    const window = (apart[dim - 1] as number) * ((filter[dim - 1] as number) - 1) + 1;
    return Math.floor((size - window) / (by[dim - 1] as number)) + 1 - (dy.shape[dim] as number);
  });
  if (missing.every((count) => count === 0)) return dy;
  const widths = tf.constants.intRows([[0, 0], ...missing.map((count) => [0, count]), [0, 0]]);
  return tf.op("PadV2", [dy, widths, tf.constants.float(0)]);
}

function inputGradient(
  tf: TensorflowBackend,
  op: string,
  dy: TensorInfo,
  filter: TensorInfo,
  attrs: Attributes,
): TensorInfo {
  const shape = attrs.inputShape as readonly number[];
  const whole = complete(tf, dy, shape, filter.shape, attrs);
  return tf.op(op, [tf.constants.ints(shape), filter, whole], convolution(tf, attrs));
}

function filterGradient(
  tf: TensorflowBackend,
  op: string,
  x: TensorInfo,
  dy: TensorInfo,
  attrs: Attributes,
): TensorInfo {
  const shape = attrs.filterShape as readonly number[];
  const whole = complete(tf, dy, x.shape, shape, attrs);
  return tf.op(op, [x, tf.constants.ints(shape), whole], convolution(tf, attrs));
}

/** A filter of each channel by itself, `[kh, kw, C, each]`, as one of as many groups as channels. */
function asGroups([kh, kw, channels, each]: readonly number[]): number[] {
  return [kh as number, kw as number, 1, (channels as number) * (each as number)];
}

export const convolutions: Readonly<Record<string, Kernel>> = {
  Conv2D: kernel((tf, inputs, attrs) =>
    tf.op("Conv2D", [input(inputs, "x"), input(inputs, "filter")], convolution(tf, attrs)),
  ),
  Conv2DBackpropFilter: kernel((tf, inputs, attrs) =>
    filterGradient(tf, "Conv2DBackpropFilter", input(inputs, "x"), input(inputs, "dy"), attrs),
  ),
  Conv2DBackpropInput: kernel((tf, inputs, attrs) =>
    inputGradient(tf, "Conv2DBackpropInput", input(inputs, "dy"), input(inputs, "filter"), attrs),
  ),
  // TensorFlow sees from the channels of the image how many groups there are, and its own op for this knows no dilation on the CPU.
  DepthwiseConv2dNative: kernel((tf, inputs, attrs) => {
    const filter = input(inputs, "filter");
    return tf.op("Conv2D", [input(inputs, "x"), tf.idOf(filter, asGroups(filter.shape))], convolution(tf, attrs));
  }),
  DepthwiseConv2dNativeBackpropFilter: kernel((tf, inputs, attrs) =>
    filterGradient(tf, "DepthwiseConv2dNativeBackpropFilter", input(inputs, "x"), input(inputs, "dy"), attrs),
  ),
  DepthwiseConv2dNativeBackpropInput: kernel((tf, inputs, attrs) =>
    inputGradient(tf, "DepthwiseConv2dNativeBackpropInput", input(inputs, "dy"), input(inputs, "filter"), attrs),
  ),
};
