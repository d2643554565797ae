import type { Attributes } from "@kindling/core/device";
import type { GraphBuilder, Input, Value } from "../graph-builder.ts";
import { cast, choose } from "./conversion.ts";
import { type Lowering, numbers, single } from "./lowering.ts";
import { slice } from "./movement.ts";

interface Reduction {
  readonly axes: readonly number[];
  readonly keep: number;
}

function reduce(graph: GraphBuilder, opType: string, input: Input, { axes, keep }: Reduction): string {
  // Without axes ONNX reduces all of them; PyTorch means none.
  const attributes = { keepdims: keep, ...(axes.length === 0 && { noop_with_empty_axes: 1 }) };
  return graph.node(opType, [input, graph.whole(axes)], attributes);
}

function reductionOf({ axis, reductionIndices, keepDims }: Attributes): Reduction {
  return { axes: numbers(axis ?? reductionIndices), keep: keepDims === true ? 1 : 0 };
}

/** Whole numbers are added in 64 bits, and wrap: ONNX Runtime stops at the largest of 32. */
const sum: Lowering = single((graph, { x }, attrs) => {
  const input = x as Value;
  const reduction = reductionOf(attrs);
  if (input.dtype !== "int32") return reduce(graph, "ReduceSum", input, reduction);
  return cast(graph, reduce(graph, "ReduceSum", cast(graph, input, "int64"), reduction), "int32");
});

/** Products of whole numbers outgrow 64 bits too: halves are multiplied, which wraps, until one is left. */
const product: Lowering = single((graph, { x }, attrs, out) => {
  const input = x as Value;
  const reduction = reductionOf(attrs);
  if (input.dtype !== "int32") return reduce(graph, "ReduceProd", input, reduction);
  let left = graph.read(input);
  for (const axis of reduction.axes) {
    const part = (from: number, to: number): string => slice(graph, left, [from], [to], [axis]);
    for (let count = input.shape[axis] as number; count > 1; count = Math.ceil(count / 2)) {
      const half = Math.floor(count / 2);
      const multiplied = graph.node("Mul", [part(0, half), part(half, 2 * half)]);
      left = count % 2 === 0 ? multiplied : graph.node("Concat", [multiplied, part(2 * half, count)], { axis });
    }
  }
  return graph.node("Reshape", [left, graph.whole(out.shape)]);
});

/** The extreme of floats is NaN where one of them is; ONNX Runtime passes over it. */
function extreme(opType: "ReduceMax" | "ReduceMin"): Lowering {
  return single((graph, { x }, attrs) => {
    const input = x as Value;
    const reduction = reductionOf(attrs);
    const found = reduce(graph, opType, input, reduction);
    if (input.dtype !== "float32" || graph.plain) return found;
    const bad = cast(graph, graph.node("IsNaN", [input]), "uint8");
    const isBad = cast(graph, reduce(graph, "ReduceMax", bad, reduction), "bool");
    return choose(graph, isBad, graph.scalar(Number.NaN, "float32"), found);
  });
}

/** Booleans are 0 and 1: the least of them says whether all hold. */
function truth(opType: "ReduceMax" | "ReduceMin"): Lowering {
  return single((graph, { x }, attrs) =>
    cast(graph, reduce(graph, opType, cast(graph, x as Value, "uint8"), reductionOf(attrs)), "bool"),
  );
}

export const reduction: Readonly<Record<string, Lowering>> = {
  Sum: sum,
  Prod: product,
  Max: extreme("ReduceMax"),
  Min: extreme("ReduceMin"),
  All: truth("ReduceMin"),
  Any: truth("ReduceMax"),
  Cumsum: single((graph, { x }, { axis, exclusive, reverse }) => {
    const input = x as Value;
    const attributes = { exclusive: exclusive === true ? 1 : 0, reverse: reverse === true ? 1 : 0 };
    const at = graph.wholeScalar(axis as number);
    if (input.dtype !== "int32") return graph.node("CumSum", [input, at], attributes);
    return cast(graph, graph.node("CumSum", [cast(graph, input, "int64"), at], attributes), "int32");
  }),
  Softmax: single((graph, { logits }, { dim }) => graph.node("Softmax", [logits as Value], { axis: dim as number })),
};
