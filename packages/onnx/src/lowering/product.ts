import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowerings, single } from "./lowering.ts";

/** A batch of matrices with their last two dimensions swapped. */
function transposed(graph: GraphBuilder, x: Value): string {
  const last = x.shape.length - 1;
  return graph.node("Transpose", [x], {
    perm: x.shape.map((_, i) => (i === last ? i - 1 : i === last - 1 ? i + 1 : i)),
  });
}

export const product = {
  matmul: single((graph, { a, b, bias }, { transposeA, transposeB }) => {
    if (a.shape.length === 2 && b.shape.length === 2) {
      // ONNX reads either transposed.
      const attributes = { ...(transposeA && { transA: 1 }), ...(transposeB && { transB: 1 }) };
      return graph.node("Gemm", bias === undefined ? [a, b] : [a, b, bias], attributes);
    }
    const found = graph.node("MatMul", [transposeA ? transposed(graph, a) : a, transposeB ? transposed(graph, b) : b]);
    return bias === undefined ? found : graph.node("Add", [found, bias]);
  }),
} satisfies Partial<Lowerings>;
