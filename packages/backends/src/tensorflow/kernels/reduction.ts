import type { TensorflowBackend } from "../backend.ts";
import { type Attributes, input, type Kernel, kernel, type TensorInfo } from "./kernel.ts";
import { cumsumInParts, sumInParts } from "./long-sums.ts";

/** Over the axes that `Max` calls `reductionIndices` and the others `axis`: all of them where none is named. */
function reduce(op: string): Kernel {
  return kernel((tf, inputs, attrs) => reduced(tf, op, input(inputs, "x"), attrs));
}

function reduced(tf: TensorflowBackend, op: string, x: TensorInfo, attrs: Attributes): TensorInfo {
  return tf.op(op, [x, tf.constants.ints(axesOf(x, attrs))], [tf.bool("keep_dims", attrs.keepDims === true)]);
}

function axesOf(x: TensorInfo, attrs: Attributes): readonly number[] {
  const named = (attrs.reductionIndices ?? attrs.axis) as number | readonly number[] | undefined;
  return named === undefined ? x.shape.map((_, axis) => axis) : typeof named === "number" ? [named] : named;
}

const sum = kernel((tf, inputs, attrs) => {
  const x = input(inputs, "x");
  if (x.dtype !== "float32") return reduced(tf, "Sum", x, attrs);
  return sumInParts(tf, x, axesOf(x, attrs), attrs.keepDims === true);
});

/**
 * Where the largest element stands along `axis`, or the smallest. TensorFlow passes over NaN; PyTorch takes it for the largest and for
 * the smallest, so that a network that has gone wrong shows.
 */
function position(op: "ArgMax" | "ArgMin"): Kernel {
  return kernel((tf, inputs, { axis }) => {
    const x = input(inputs, "x");
    const along = tf.constants.int(axis as number);
    const found = tf.op(op, [x, along], [tf.type("output_type", "int32")]);
    if (x.dtype !== "float32") return found;
    const unknown = tf.op("IsNan", [x]);
    const anyNaN = tf.op("Any", [unknown, along], [tf.bool("keep_dims", false)]);
    const firstNaN = tf.op(
      "ArgMax",
      [tf.op("Cast", [unknown], [tf.type("DstT", "int32")]), along],
      [tf.type("output_type", "int32")],
    );
    return tf.op("SelectV2", [anyNaN, firstNaN, found]);
  });
}

const cumulative = (op: string): Kernel =>
  kernel((tf, inputs, { axis, exclusive, reverse }) =>
    tf.op(
      op,
      [input(inputs, "x"), tf.constants.int(axis as number)],
      [tf.bool("exclusive", exclusive === true), tf.bool("reverse", reverse === true)],
    ),
  );

const cumsum: Kernel = (tf, inputs, attrs) => {
  const { x } = inputs as { readonly x: TensorInfo };
  if (x.dtype !== "float32") return cumulative("Cumsum")(tf, inputs, attrs);
  const run = { exclusive: attrs.exclusive === true, reverse: attrs.reverse === true };
  return [cumsumInParts(tf, x, attrs.axis as number, run)];
};

export const reduction: Readonly<Record<string, Kernel>> = {
  All: reduce("All"),
  Any: reduce("Any"),
  ArgMax: position("ArgMax"),
  ArgMin: position("ArgMin"),
  Cumprod: cumulative("Cumprod"),
  Cumsum: cumsum,
  Max: reduce("Max"),
  Mean: reduce("Mean"),
  Min: reduce("Min"),
  Prod: reduce("Prod"),
  Softmax: kernel((tf, inputs) => tf.op("Softmax", [input(inputs, "logits")])),
  Sum: sum,
};
