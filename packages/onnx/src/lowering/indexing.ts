import { allocate } from "@kindling/core/device";
import type { Value } from "../graph-builder.ts";
import { cast } from "./conversion.ts";
import { type Lowerings, single } from "./lowering.ts";

/** Indices with a last dimension of size 1. */
const column = (index: Value): Value => ({
  ...index,
  stored: index.stored ?? index.shape,
  shape: [...index.shape, 1],
});

export const indexing = {
  take: single((graph, { x, index }) => graph.node("Gather", [x, index], { axis: 0 })),
  scatterRows: single((graph, { updates, index }, _attrs, { shape }) => {
    const { dtype } = updates;
    const zero = graph.constant(dtype, [], allocate(dtype, 1));
    const empty = graph.node("Expand", [zero, graph.whole(shape)]);
    return graph.node("ScatterND", [empty, cast(graph, column(index), "int64"), updates], { reduction: "add" });
  }),
  oneHot: single((graph, { index }, { depth }, out) => {
    const classes = graph.constant(
      "int32",
      [depth],
      Int32Array.from({ length: depth }, (_, i) => i),
    );
    return cast(graph, graph.node("Equal", [column(index), classes]), out.dtype);
  }),
} satisfies Partial<Lowerings>;
