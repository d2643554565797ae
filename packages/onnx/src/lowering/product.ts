import { numel } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { isLongDot, sumInParts } from "./long-sums.ts";
import { type Lowerings, single } from "./lowering.ts";

/** A batch of matrices with their last two dimensions swapped. */
function transposed(graph: GraphBuilder, x: Value): string {
  const last = x.shape.length - 1;
  return graph.node("Transpose", [x], {
    perm: x.shape.map((_, i) => (i === last ? i - 1 : i === last - 1 ? i + 1 : i)),
  });
}

export const product = {
  matmul: single((graph, { a, b, bias }, { transposeA, transposeB }, out) => {
    const [rows, columns] = out.shape.slice(-2) as [number, number];
    if (
      !graph.plain &&
      a.dtype === "float32" &&
      bias === undefined &&
      out.shape.length === 2 &&
      isLongDot(rows, numel(a.shape), columns)
    ) {
      const shape = [1, numel(a.shape)];
      const products = graph.node("Mul", [graph.as(a, shape), graph.as(b, shape)]);
      return sumInParts(graph, { name: products, shape, dtype: "float32" }, [1], {
        shape: [1, 1],
        dtype: "float32",
      }) as string;
    }
    if (a.shape.length === 2 && b.shape.length === 2) {
      // ONNX reads either transposed.
      const attributes = { ...(transposeA && { transA: 1 }), ...(transposeB && { transB: 1 }) };
      return graph.node("Gemm", bias === undefined ? [a, b] : [a, b, bias], attributes);
    }
    const found = graph.node("MatMul", [transposeA ? transposed(graph, a) : a, transposeB ? transposed(graph, b) : b]);
    return bias === undefined ? found : graph.node("Add", [found, bias]);
  }),
} satisfies Partial<Lowerings>;
