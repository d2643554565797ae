import type { DType, Shape } from "@kindling/core";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { cast } from "./conversion.ts";
import { type Lowerings, single } from "./lowering.ts";

/** Indices with a last dimension of size 1. */
const column = (index: Value): Value => ({
  ...index,
  stored: index.stored ?? index.shape,
  shape: [...index.shape, 1],
});

function zeros(graph: GraphBuilder, dtype: DType, shape: Shape): string {
  return graph.node("Expand", [graph.scalar(0, dtype), graph.whole(shape)]);
}

export const indexing = {
  take: single((graph, { x, index }) => graph.node("Gather", [x, index], { axis: 0 })),
  gather: single((graph, { x, index }, { dim }) => graph.node("GatherElements", [x, index], { axis: dim })),
  scatterAdd: single((graph, { updates, index }, { dim }, { shape }) => {
    const inputs = [zeros(graph, updates.dtype, shape), index, updates];
    return graph.node("ScatterElements", inputs, { axis: dim, reduction: "add" });
  }),
  scatterRows: single((graph, { updates, index }, _attrs, { shape }) => {
    const empty = zeros(graph, updates.dtype, shape);
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
