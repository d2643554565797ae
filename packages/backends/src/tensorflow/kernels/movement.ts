import { input, type Kernel, kernel, type TensorInfo } from "./kernel.ts";

const concat: Kernel = (tf, inputs, { axis }) => {
  const parts = inputs as TensorInfo[];
  // The op wants two parts at least.
  if (parts.length === 1) return [tf.op("Identity", [parts[0] as TensorInfo])];
  const attrs = [tf.int("N", parts.length), tf.type("T", (parts[0] as TensorInfo).dtype)];
  return [tf.op("ConcatV2", [...parts, tf.constants.int(axis as number)], attrs)];
};

const pad = kernel((tf, inputs, { paddings, constantValue }) => {
  const x = input(inputs, "x");
  const widths = tf.constants.intRows(paddings as readonly (readonly number[])[]);
  return tf.op("PadV2", [x, widths, tf.constants.of(constantValue as number, x.dtype as "float32" | "int32" | "bool")]);
});

const stridedSlice = kernel((tf, inputs, attrs) => {
  const places = [attrs.begin, attrs.end, attrs.strides].map((each) => tf.constants.ints(each as readonly number[]));
  const masks = ["begin", "end", "ellipsis", "newAxis", "shrinkAxis"] as const;
  const names = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"] as const;
  return tf.op(
    "StridedSlice",
    [input(inputs, "x"), ...places],
    names.map((name, i) => tf.int(name, (attrs[`${masks[i]}Mask`] as number | undefined) ?? 0)),
  );
});

/** The same elements in another shape. */
const reshape = kernel((tf, inputs, { shape }) =>
  tf.op("Reshape", [input(inputs, "x"), tf.constants.ints(shape as readonly number[])]),
);

export const movement: Readonly<Record<string, Kernel>> = {
  Concat: concat,
  Fill: kernel((tf, _inputs, { shape, value, dtype }) =>
    tf.op("Fill", [
      tf.constants.ints(shape as readonly number[]),
      tf.constants.of(value as number, dtype as "float32" | "int32" | "bool"),
    ]),
  ),
  PadV2: pad,
  Reshape: reshape,
  Reverse: kernel((tf, inputs, { dims }) =>
    tf.op("ReverseV2", [input(inputs, "x"), tf.constants.ints(dims as readonly number[])]),
  ),
  Slice: kernel((tf, inputs, { begin, size }) =>
    tf.op("Slice", [
      input(inputs, "x"),
      tf.constants.ints(begin as readonly number[]),
      tf.constants.ints(size as readonly number[]),
    ]),
  ),
  StridedSlice: stridedSlice,
  Tile: kernel((tf, inputs, { reps }) =>
    tf.op("Tile", [input(inputs, "x"), tf.constants.ints(reps as readonly number[])]),
  ),
  Transpose: kernel((tf, inputs, { perm }) =>
    tf.op("Transpose", [input(inputs, "x"), tf.constants.ints(perm as readonly number[])]),
  ),
};
