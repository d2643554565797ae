import type { AttributesOf, ReductionKernel } from "@kindling/core/device";
import { isFloat } from "@kindling/core/extend";
import type { GraphBuilder, Input } from "../graph-builder.ts";
import { cast, choose, isWhole } from "./conversion.ts";
import { sumInParts } from "./long-sums.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";
import { slice } from "./movement.ts";

function reduce(
  graph: GraphBuilder,
  opType: string,
  input: Input,
  { dims, keepdim }: AttributesOf<ReductionKernel>,
): string {
  // Without axes ONNX reduces all of them; PyTorch means none.
  const attributes = { keepdims: keepdim ? 1 : 0, ...(dims.length === 0 && { noop_with_empty_axes: 1 }) };
  return graph.node(opType, [input, graph.whole(dims)], attributes);
}

/** Whole numbers are added in 64 bits, and wrap: ONNX Runtime stops at the largest of 32. Files for any runtime, and any batch, have plain sums. */
const sum: Lowering<"sum"> = single((graph, { x }, attrs, out) => {
  if (!isWhole(x.dtype)) {
    const inParts = graph.plain || x.dtype !== "float32" ? null : sumInParts(graph, x, attrs.dims, out);
    return inParts ?? reduce(graph, "ReduceSum", x, attrs);
  }
  return cast(graph, reduce(graph, "ReduceSum", cast(graph, x, "int64"), attrs), x.dtype);
});

/** Products of whole numbers outgrow 64 bits too: halves are multiplied, which wraps, until one is left. */
const product: Lowering<"prod"> = single((graph, { x }, attrs, out) => {
  if (!isWhole(x.dtype)) return reduce(graph, "ReduceProd", x, attrs);
  let left = graph.read(x);
  for (const axis of attrs.dims) {
    const part = (from: number, to: number): string => slice(graph, left, [from], [to], [axis]);
    for (let count = x.shape[axis] as number; count > 1; count = Math.ceil(count / 2)) {
      const half = Math.floor(count / 2);
      const multiplied = graph.node("Mul", [part(0, half), part(half, 2 * half)]);
      left = count % 2 === 0 ? multiplied : graph.node("Concat", [multiplied, part(2 * half, count)], { axis });
    }
  }
  return graph.node("Reshape", [left, graph.whole(out.shape)]);
});

/** The extreme of floats is NaN where one of them is; ONNX Runtime passes over it. */
function extreme(opType: "ReduceMax" | "ReduceMin"): Lowering<ReductionKernel> {
  return single<ReductionKernel>((graph, { x }, attrs) => {
    const found = reduce(graph, opType, x, attrs);
    if (!isFloat(x.dtype) || graph.plain) return found;
    const bad = cast(graph, graph.node("IsNaN", [x]), "uint8");
    const isBad = cast(graph, reduce(graph, "ReduceMax", bad, attrs), "bool");
    return choose(graph, isBad, graph.scalar(Number.NaN, x.dtype), found);
  });
}

/** Booleans are 0 and 1: the least of them says whether all hold. */
function truth(opType: "ReduceMax" | "ReduceMin"): Lowering<ReductionKernel> {
  return single<ReductionKernel>((graph, { x }, attrs) =>
    cast(graph, reduce(graph, opType, cast(graph, x, "uint8"), attrs), "bool"),
  );
}

export const reduction = {
  sum,
  prod: product,
  amax: extreme("ReduceMax"),
  amin: extreme("ReduceMin"),
  all: truth("ReduceMin"),
  any: truth("ReduceMax"),
  cumsum: single((graph, { x }, { dim, reverse }) => {
    const attributes = { exclusive: 0, reverse: reverse ? 1 : 0 };
    const at = graph.wholeScalar(dim);
    if (!isWhole(x.dtype) && graph.plain) return graph.node("CumSum", [x, at], attributes);
    // Float after float, a million terms would lose two digits.
    const wide = isWhole(x.dtype) ? "int64" : "float64";
    return cast(graph, graph.node("CumSum", [cast(graph, x, wide), at], attributes), x.dtype);
  }),
  softmax: single((graph, { x }) => graph.node("Softmax", [x], { axis: x.shape.length - 1 })),
} satisfies Partial<Lowerings>;
