import { numel } from "../../../base/shape.ts";
import { geometryOf } from "../../images/convolution-geometry.ts";
import { convolveInputGradInto, convolveInto, convolveWeightGradInto } from "../../images/convolution-loops.ts";
import { maxPoolGradInto, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "../../images/max-pooling.ts";
import { type Floats, type Matrix, rowProducts, rowsOf } from "../../matrix-product.ts";
import { type ArrayKernel, type Elements, room } from "./elements.ts";
import { checkWhole } from "./pointwise.ts";

/** The elements, which are floats, or whole numbers held as doubles. */
function floats({ data }: Elements): Floats {
  return data instanceof Float32Array || data instanceof Float64Array ? data : Float64Array.from(data);
}

function matrixOf({ shape }: Elements, data: Floats, index: number): Matrix {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return { data, offset: index * rows * columns, rows, columns };
}

const matmul: ArrayKernel<"matmul"> = ({ a, b, bias }, { transposeA, transposeB }, [out]) => {
  const shape = out?.shape ?? [];
  const result = room(out) as Floats;
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [left, right] = [floats(a), floats(b)];
  for (let i = 0; i < numel(shape) / (rows * columns); i++) {
    // Rows of the right operand's transpose: a weight, read transposed, has them already.
    const [first, second] = [rowsOf(matrixOf(a, left, i), transposeA), rowsOf(matrixOf(b, right, i), !transposeB)];
    rowProducts(first, second, result, i * rows * columns);
  }
  if (bias !== undefined) {
    for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) + (bias.data[i % columns] as number);
  }
  if (out?.dtype === "int64") checkWhole("matmul", result);
  return [result];
};

const conv2d: ArrayKernel<"conv2d"> = ({ x, weight }, attrs, [out]) => {
  const result = room(out) as Floats;
  convolveInto(geometryOf(x.shape, weight.shape, out?.shape ?? [], attrs), floats(x), floats(weight), result);
  return [result];
};

const conv2dInput: ArrayKernel<"conv2dInput"> = ({ grad, weight }, attrs, [out]) => {
  const result = room(out) as Floats;
  const geometry = geometryOf(out?.shape ?? [], weight.shape, grad.shape, attrs);
  convolveInputGradInto(geometry, floats(grad), floats(weight), result);
  return [result];
};

const conv2dWeight: ArrayKernel<"conv2dWeight"> = ({ x, grad }, attrs, [out]) => {
  const result = room(out) as Floats;
  convolveWeightGradInto(geometryOf(x.shape, out?.shape ?? [], grad.shape, attrs), floats(x), floats(grad), result);
  return [result];
};

const maxPool2d: ArrayKernel<"maxPool2d"> = ({ x }, attrs, [out]) => {
  const result = room(out) as Floats;
  maxPoolInto(maxPoolingOf(x.shape, out?.shape ?? [], attrs), floats(x), result);
  return [result];
};

const maxPool2dBackward: ArrayKernel<"maxPool2dBackward"> = ({ grad, x }, attrs, [out]) => {
  const result = room(out) as Floats;
  maxPoolGradInto(maxPoolingOf(out?.shape ?? [], grad.shape, attrs), floats(x), floats(grad), result);
  return [result];
};

const maxPool2dWithIndices: ArrayKernel<"maxPool2dWithIndices"> = ({ x }, attrs, [out, places]) => {
  const [values, indices] = [room(out) as Floats, room(places)];
  const pooling = maxPoolingOf(x.shape, out?.shape ?? [], attrs);
  maxPoolInto(pooling, floats(x), values);
  maxPoolPlacesInto(pooling, floats(x), indices);
  return [values, indices];
};

export const products = {
  conv2d,
  conv2dInput,
  conv2dWeight,
  matmul,
  maxPool2d,
  maxPool2dBackward,
  maxPool2dWithIndices,
};
