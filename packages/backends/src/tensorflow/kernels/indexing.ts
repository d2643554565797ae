import { input, type Kernel, kernel } from "./kernel.ts";

const gather = kernel((tf, inputs, { axis, batchDims }) =>
  tf.op(
    "GatherV2",
    [input(inputs, "x"), input(inputs, "indices"), tf.constants.int(axis as number)],
    [tf.int("batch_dims", (batchDims as number | undefined) ?? 0)],
  ),
);

const oneHot = kernel((tf, inputs, { depth, onValue, offValue, dtype }) => {
  const value = (of: unknown) => tf.constants.of(of as number, dtype as "float32" | "int32" | "bool");
  return tf.op("OneHot", [
    input(inputs, "indices"),
    tf.constants.int(depth as number),
    value(onValue),
    value(offValue),
  ]);
});

/** Rows with the same index are added. */
const scatterNd = kernel((tf, inputs, { shape }) =>
  tf.op("ScatterNd", [
    input(inputs, "indices"),
    input(inputs, "updates"),
    tf.constants.ints(shape as readonly number[]),
  ]),
);

const unsortedSegmentSum = kernel((tf, inputs, { numSegments }) =>
  tf.op("UnsortedSegmentSum", [
    input(inputs, "x"),
    input(inputs, "segmentIds"),
    tf.constants.int(numSegments as number),
  ]),
);

export const indexing: Readonly<Record<string, Kernel>> = {
  GatherV2: gather,
  OneHot: oneHot,
  ScatterNd: scatterNd,
  UnsortedSegmentSum: unsortedSegmentSum,
};
