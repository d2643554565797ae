import { isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ShapeError } from "../base/errors.ts";
import { formatShape, numel } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { matmul } from "./matmul.ts";
import { product, sameDType } from "./product.ts";
import { sum } from "./sum.ts";

interface LinearInputs {
  readonly bias: boolean;
}

const linearOp = defineOp<LinearInputs>("linear", {
  forward([x, weight, bias]) {
    const [a, b] = [x as Tensor, weight as Tensor];
    const shape = [a.shape[0] as number, b.shape[0] as number];
    if (numel(shape) === 0 || a.numel() === 0) {
      return expand(bias ?? constant(a.device, 0, a.dtype), shape);
    }
    const inputs = bias === undefined ? { a, b } : { a, b, bias };
    return kernel("matmul", inputs, { transposeA: false, transposeB: true }, shape, a.dtype);
  },
  backward(grad, saved) {
    const [needsX, needsWeight, needsBias] = saved.needs;
    return [
      needsX ? product(grad, saved.input(1)) : null,
      needsWeight ? product(grad, saved.input(0), true, false) : null,
      needsBias ? sum(grad, 0) : null,
    ];
  },
});

/**
 * Affine map `y = x Wᵀ + b`. Shapes: x `[*, in]`, W `[out, in]`, b `[out]`, y `[*, out]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  if (arguments.length > 3) throw surplusArguments("linear(x, weight, bias?)", arguments.length);
  checkTensor("linear", x);
  checkTensor("linear", weight, "weight", 2);
  if (bias !== null && bias !== undefined) checkTensor("linear", bias, "bias", 3);
  if (x.ndim === 0 || weight.ndim === 0) {
    throw new ShapeError(
      "linear",
      `both arguments to linear need to be at least 1D, but they are ${x.ndim}D and ${weight.ndim}D`,
      "",
      "Give at least one row: x.view(1, -1).",
    );
  }
  if (weight.ndim > 2) {
    const rule = `t() expects a tensor with <= 2 dimensions, but self is ${weight.ndim}D`;
    throw new ShapeError("linear", rule, `weight is ${formatShape(weight.shape)}`, "Multiply with matmul().");
  }
  if (weight.ndim === 1) {
    const out = matmul(x, weight);
    return bias === undefined || bias === null ? out : add(out, bias);
  }
  const inFeatures = x.shape.at(-1) as number;
  const [outFeatures, weightIn] = weight.shape as [number, number];
  if (inFeatures !== weightIn) {
    const rows = numel(x.shape.slice(0, -1));
    throw new ShapeError(
      "linear",
      `mat1 and mat2 shapes cannot be multiplied (${rows}x${inFeatures} and ${weightIn}x${outFeatures})`,
      `input is ${formatShape(x.shape)}`,
      "The last dimension must be in_features. Flatten images first: new Flatten(), or x.view(-1).",
    );
  }
  sameDType("linear", x, weight);
  if (bias !== undefined && bias !== null && bias.dtype !== weight.dtype) {
    throw new DTypeError(
      "linear",
      `self and mat2 must have the same dtype, but got ${scalarTypeName(bias.dtype)} and ${scalarTypeName(weight.dtype)}`,
      "self is the bias, mat2 the weight",
      "Convert the bias: bias.typeAs(weight).",
    );
  }
  const matrix = x.ndim === 2 ? x : reshape(x, [numel(x.shape.slice(0, -1)), inFeatures]);
  const hasBias = bias !== undefined && bias !== null;
  const out = isFloat(x.dtype)
    ? linearOp(hasBias ? [matrix, weight, bias] : [matrix, weight], { bias: hasBias })
    : ofIntegers(matrix, weight, hasBias ? bias : null);
  return x.ndim === 2 ? out : reshape(out, [...x.shape.slice(0, -1), outFeatures]);
}

function ofIntegers(matrix: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const out = product(matrix, weight, false, true);
  return bias === null ? out : add(out, bias);
}
