import type { TensorflowBackend } from "../backend.ts";
import { type Attributes, input, type Kernel, kernel, type NamedInputs, type TensorInfo } from "./kernel.ts";

/** Matrices, or batches of them, either read transposed. A batch of one is read as its matrix: that product is the faster one. */
function product(tf: TensorflowBackend, inputs: NamedInputs, attrs: Attributes): TensorInfo {
  const [a, b] = [input(inputs, "a"), input(inputs, "b")];
  const [transposeA, transposeB] = [attrs.transposeA === true, attrs.transposeB === true];
  if (isMatrix(a.shape) && isMatrix(b.shape)) {
    const ids = [tf.idOf(a, a.shape.slice(-2)), tf.idOf(b, b.shape.slice(-2))];
    const flags = [tf.bool("transpose_a", transposeA), tf.bool("transpose_b", transposeB)];
    return tf.op("MatMul", ids, flags);
  }
  const flags = [tf.bool("adj_x", transposeA), tf.bool("adj_y", transposeB)];
  return tf.op("BatchMatMulV2", [a, b], flags);
}

function isMatrix(shape: readonly number[]): boolean {
  return shape.slice(0, -2).every((size) => size === 1);
}

/** The product and a row added to each of its rows. */
const fusedMatMul: Kernel = kernel((tf, inputs, attrs) => {
  const of = product(tf, inputs, attrs);
  const { bias } = inputs;
  const sum = bias === undefined ? of : tf.op("AddV2", [of, bias]);
  if (attrs.activation === undefined || attrs.activation === "linear") return sum;
  return tf.op(ACTIVATIONS[attrs.activation as string] ?? String(attrs.activation), [sum]);
});

const ACTIVATIONS: Readonly<Record<string, string>> = { elu: "Elu", relu: "Relu", relu6: "Relu6", sigmoid: "Sigmoid" };

export const products: Readonly<Record<string, Kernel>> = {
  BatchMatMul: kernel((tf, inputs, attrs) => product(tf, inputs, attrs)),
  _FusedMatMul: fusedMatMul,
};
