import type { TypedArray } from "@kindling/core";
import type { Value } from "../graph-builder.ts";
import { cast } from "./conversion.ts";
import { type Lowering, numbers, single } from "./lowering.ts";

/** Zeros of a dtype. */
function zeros(dtype: Value["dtype"], length: number): TypedArray {
  return dtype === "float32"
    ? new Float32Array(length)
    : dtype === "int32"
      ? new Int32Array(length)
      : new Uint8Array(length);
}

export const indexing: Readonly<Record<string, Lowering>> = {
  GatherV2: single((graph, { x, indices }, { axis }) =>
    graph.node("Gather", [x as Value, indices as Value], { axis: axis as number }),
  ),
  ScatterNd: single((graph, { indices, updates }, { shape }) => {
    const { dtype } = updates as Value;
    const sizes = numbers(shape);
    const zero = graph.constant(dtype, [], zeros(dtype, 1));
    const empty = graph.node("Expand", [zero, graph.whole(sizes)]);
    const places = cast(graph, indices as Value, "int64");
    return graph.node("ScatterND", [empty, places, updates as Value], { reduction: "add" });
  }),
  OneHot: single((graph, { indices }, { depth, onValue, offValue }, out) => {
    const index = indices as Value;
    const column = { ...index, stored: index.stored ?? index.shape, shape: [...index.shape, 1] };
    const classes = graph.constant(
      "int32",
      [depth as number],
      Int32Array.from({ length: depth as number }, (_, i) => i),
    );
    const isClass = graph.node("Equal", [column, classes]);
    if (onValue === 1 && offValue === 0) return cast(graph, isClass, out.dtype);
    const type = out.dtype === "float32" ? "float32" : "int32";
    return graph.node("Where", [
      isClass,
      graph.scalar(onValue as number, type),
      graph.scalar(offValue as number, type),
    ]);
  }),
};
