import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowering, single } from "./lowering.ts";

/** A batch of matrices with their last two dimensions swapped. */
function transposed(graph: GraphBuilder, x: Value): string {
  const last = x.shape.length - 1;
  return graph.node("Transpose", [x], {
    perm: x.shape.map((_, i) => (i === last ? i - 1 : i === last - 1 ? i + 1 : i)),
  });
}

/** A product of two matrices: ONNX reads either transposed. */
function gemm(
  graph: GraphBuilder,
  inputs: readonly (Value | string)[],
  transposeA: unknown,
  transposeB: unknown,
): string {
  return graph.node("Gemm", inputs, {
    ...(transposeA === true && { transA: 1 }),
    ...(transposeB === true && { transB: 1 }),
  });
}

export const product: Readonly<Record<string, Lowering>> = {
  BatchMatMul: single((graph, { a, b }, { transposeA, transposeB }) => {
    const [left, right] = [a as Value, b as Value];
    if (left.shape.length === 2 && right.shape.length === 2) return gemm(graph, [left, right], transposeA, transposeB);
    return graph.node("MatMul", [
      transposeA === true ? transposed(graph, left) : left,
      transposeB === true ? transposed(graph, right) : right,
    ]);
  }),
  _FusedMatMul: single((graph, { a, b, bias }, { transposeA, transposeB }) => {
    // Batches of one: tfjs's kernel takes no plain matrices.
    const [left, right] = [a as Value, b as Value].map((x) => graph.as(x, x.shape.slice(-2))) as [string, string];
    return gemm(graph, [left, right, bias as Value], transposeA, transposeB);
  }),
};
