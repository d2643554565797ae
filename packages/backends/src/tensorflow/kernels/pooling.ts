import type { TensorflowBackend } from "../backend.ts";
import type { OpAttribute } from "../binding.ts";
import { type Attributes, input, type Kernel, kernel } from "./kernel.ts";
import { sumIsFinite } from "./sum-is-finite.ts";
import { padding, pair, strides } from "./windows.ts";

const LARGEST = 3.4028234663852886e38;

function windows(tf: TensorflowBackend, { filterSize, strides: by, pad }: Attributes): OpAttribute[] {
  return [tf.int("ksize", [1, ...pair(filterSize), 1]), strides(tf, by), ...padding(tf, pad)];
}

/**
 * The largest of each window. On the CPU TensorFlow passes over NaN, which wins in PyTorch, and gives the smallest float for a window of
 * `-Infinity`; on a GPU cuDNN is told of NaN when it is loaded.
 */
const maxPool = kernel((tf, inputs, attrs) => {
  const x = input(inputs, "x");
  const largest = tf.op("MaxPool", [x], windows(tf, attrs));
  if (tf.usesGpu || sumIsFinite(tf, x)) return largest;
  const { constants } = tf;
  /** Windows in which one is so. */
  const some = (marked: ReturnType<typeof tf.op>) => {
    const ones = tf.op("Cast", [marked], [tf.type("DstT", "float32")]);
    return tf.op("Greater", [tf.op("MaxPool", [ones], windows(tf, attrs)), constants.float(0)]);
  };
  const above = some(tf.op("Greater", [x, constants.float(Number.NEGATIVE_INFINITY)]));
  const known = tf.op("SelectV2", [above, largest, constants.float(Number.NEGATIVE_INFINITY)]);
  return tf.op("SelectV2", [some(tf.op("IsNan", [x])), constants.float(Number.NaN), known]);
});

/** Each window's gradient to its first largest element: NaN, where there is one. */
const maxPoolGrad = kernel((tf, inputs, attrs) => {
  const [x, output] = [input(inputs, "input"), input(inputs, "output")];
  let ranked = x;
  if (!tf.usesGpu && !sumIsFinite(tf, output)) {
    const below = tf.op("Minimum", [x, tf.constants.float(LARGEST)]);
    ranked = tf.op("SelectV2", [tf.op("IsNan", [x]), tf.constants.float(Number.POSITIVE_INFINITY), below]);
  }
  return tf.op("MaxPoolGrad", [ranked, output, input(inputs, "dy")], windows(tf, attrs));
});

export const pooling: Readonly<Record<string, Kernel>> = { MaxPool: maxPool, MaxPoolGrad: maxPoolGrad };
