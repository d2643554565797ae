import { cppTypeName, isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { promote } from "../base/result-type.ts";
import { numel, type Shape } from "../base/shape.ts";
import { defineOp, kernel } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { integerProduct, readTransposed } from "./integer-product.ts";
import { computeType } from "./promotion.ts";

interface ProductAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The product of two matrices, or of two equally long batches of them, either of which may be read transposed: a device
 * knows best how to do that.
 */
const productOp = defineOp<ProductAttrs>("matmul", {
  forward([a, b], attrs) {
    const [x, y] = [a as Tensor, b as Tensor];
    const shape = productShape(x.shape, y.shape, attrs);
    const dtype = promote(x.dtype, y.dtype);
    if (numel(shape) === 0 || x.numel() === 0) return expand(constant(x.device, 0, dtype), shape);
    if (!isFloat(dtype)) {
      const [left, right] = [readTransposed(x, attrs.transposeA), readTransposed(y, attrs.transposeB)];
      const compute = computeType(dtype);
      return cast(integerProduct(cast(left, compute), cast(right, compute), shape), dtype);
    }
    return kernel("matmul", { a: x, b: y }, attrs, shape, dtype);
  },
  backward(grad, saved) {
    const { transposeA, transposeB } = saved.attrs;
    const [needsA, needsB] = saved.needs;
    return [
      needsA ? gradOfLeft(grad, saved.input(1), transposeA, transposeB) : null,
      needsB ? gradOfRight(grad, saved.input(0), transposeA, transposeB) : null,
    ];
  },
});

/** The product of two matrices, or of batches of them. */
export function product(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  return productOp([a, b], { transposeA, transposeB });
}

/** `dA = G Bᵀ`, transposed where A was read transposed. */
function gradOfLeft(grad: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return transposeA ? product(b, grad, transposeB, true) : product(grad, b, false, !transposeB);
}

/** `dB = Aᵀ G`, transposed where B was read transposed. */
function gradOfRight(grad: Tensor, a: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return transposeB ? product(grad, a, true, transposeA) : product(a, grad, !transposeA, false);
}

function productShape(a: Shape, b: Shape, { transposeA, transposeB }: ProductAttrs): number[] {
  const rows = a.at(transposeA ? -1 : -2) as number;
  const columns = b.at(transposeB ? -2 : -1) as number;
  return [...a.slice(0, -2), rows, columns];
}

/** Refuses matrices of two dtypes, as PyTorch does. */
export function sameDType(op: string, a: Tensor, b: Tensor): void {
  if (a.dtype === b.dtype) return;
  throw new DTypeError(
    op,
    `mat1 and mat2 must have the same dtype, but got ${scalarTypeName(a.dtype)} and ${scalarTypeName(b.dtype)}`,
    `expected m1 and m2 to have the same dtype, but got: ${cppTypeName(a.dtype)} != ${cppTypeName(b.dtype)}`,
    isFloat(a.dtype)
      ? `Convert the second: .to("${a.dtype}").`
      : `Convert the first: .to("float32"). Images need ToTensor().`,
  );
}
