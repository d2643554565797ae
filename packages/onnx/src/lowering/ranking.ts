import type { TensorSpec } from "@kindling/core/device";
import { isFloat } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { cast, choose } from "./conversion.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";

// ONNX Runtime finds the largest of no `int64`; doubles hold ours exactly.
// PyTorch takes NaN for larger than everything (and, where the smallest is sought, for smaller).

function extreme(opType: "ArgMax" | "ArgMin"): Lowering<"argmax" | "argmin"> {
  return single<"argmax" | "argmin">((graph, { x: given }, { dim }, { dtype }) => {
    const attributes = { axis: dim, keepdims: 0 };
    const x = given.dtype === "int64" ? cast(graph, given, "float64") : given;
    const place = graph.node(opType, [x], attributes);
    if (!isFloat(given.dtype) || graph.plain) return cast(graph, place, dtype);
    const bad = cast(graph, graph.node("IsNaN", [x]), "uint8");
    const isBad = cast(graph, graph.node("ReduceMax", [bad, graph.whole([dim])], { keepdims: 0 }), "bool");
    return cast(graph, choose(graph, isBad, graph.node("ArgMax", [bad], attributes), place), dtype);
  });
}

function topK(graph: GraphBuilder, x: string | Value, k: number): string[] {
  return graph.several("TopK", [x, graph.whole([k])], { axis: -1, largest: 1, sorted: 1 }, 2);
}

const ranked: Lowering<"topk"> = (graph, { x }, { k }, outs) => {
  const { dtype } = outs[1] as TensorSpec;
  if (!isFloat(x.dtype) || graph.plain) {
    const [values, places] = topK(graph, x, k) as [string, string];
    return [values, cast(graph, places, dtype)];
  }
  // Sorted by value first, then by being NaN: equal ones keep their order, which ONNX Runtime does as well.
  const isBad = graph.node("IsNaN", [x]);
  const largest = graph.scalar(Number.POSITIVE_INFINITY, x.dtype);
  const [, byValue] = topK(graph, choose(graph, isBad, largest, x), x.shape.at(-1) as number) as [string, string];
  const bad = graph.node("GatherElements", [cast(graph, isBad, "int32"), byValue], { axis: -1 });
  const [, byBadness] = topK(graph, bad, k) as [string, string];
  const places = graph.node("GatherElements", [byValue, byBadness], { axis: -1 });
  return [graph.node("GatherElements", [x, places], { axis: -1 }), cast(graph, places, dtype)];
};

export const ranking = {
  argmax: extreme("ArgMax"),
  argmin: extreme("ArgMin"),
  topk: ranked,
} satisfies Partial<Lowerings>;
