import { cppTypeName, isFloat, promote, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ShapeError } from "../base/errors.ts";
import { broadcastShapes, formatShape, numel, type Shape } from "../base/shape.ts";
import { defineOp, kernel, onOneDevice } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { expand, reshape, sum } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { integerProduct, readTransposed } from "./integer-product.ts";
import { squeeze, unsqueeze } from "./movement.ts";

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
      return cast(integerProduct(cast(left, "int32"), cast(right, "int32"), shape), dtype);
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

function product(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
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

interface LinearInputs {
  readonly bias: boolean;
}

const linearOp = defineOp<LinearInputs>("linear", {
  forward([x, weight, bias]) {
    const [a, b] = [x as Tensor, weight as Tensor];
    const shape = [a.shape[0] as number, b.shape[0] as number];
    if (numel(shape) === 0 || a.numel() === 0) {
      return expand(bias ?? constant(a.device, 0, "float32"), shape);
    }
    const inputs = bias === undefined ? { a, b } : { a, b, bias };
    return kernel("matmul", inputs, { transposeA: false, transposeB: true }, shape, "float32");
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
  checkTensor("linear", x);
  checkTensor("linear", weight, "weight", 2);
  if (bias !== null && bias !== undefined) checkTensor("linear", bias, "bias", 3);
  if (x.ndim === 0) {
    throw new ShapeError(
      "linear",
      `both arguments to linear need to be at least 1D, but they are 0D and ${weight.ndim}D`,
      "",
      "Give at least one row: x.view(1, -1).",
    );
  }
  if (weight.ndim === 1) {
    const out = matmul(x, weight);
    return bias === undefined || bias === null ? out : add(out, bias);
  }
  const inFeatures = x.shape.at(-1) as number;
  const [outFeatures, weightIn] = weight.shape as [number, number];
  if (inFeatures !== weightIn) {
    const rows = x.numel() / Math.max(inFeatures, 1);
    throw new ShapeError(
      "linear",
      `mat1 and mat2 shapes cannot be multiplied (${rows}x${inFeatures} and ${weightIn}x${outFeatures})`,
      `input is ${formatShape(x.shape)}`,
      "The last dimension must be in_features. Flatten images first: new Flatten(), or x.view(-1).",
    );
  }
  sameDType("linear", x, weight);
  const matrix = x.ndim === 2 ? x : reshape(x, [x.numel() / inFeatures, inFeatures]);
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

function sameDType(op: string, a: Tensor, b: Tensor): void {
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

/** The product of two matrices. */
export function mm(x: Tensor, other: Tensor): Tensor {
  checkTensor("mm", x);
  checkTensor("mm", other, "other", 2);
  if (x.ndim !== 2 || other.ndim !== 2) {
    const [name, wrong] = x.ndim !== 2 ? ["self", x] : ["mat2", other];
    throw new ShapeError(
      "mm",
      `${name} must be a matrix, got ${wrong.ndim}-D tensor`,
      `its shape is ${formatShape(wrong.shape)}`,
      "Use matmul() or bmm().",
    );
  }
  return matmul(x, other);
}

/** The products of two equally long batches of matrices: `[b, n, m] x [b, m, p]`. */
export function bmm(x: Tensor, other: Tensor): Tensor {
  checkTensor("bmm", x);
  checkTensor("bmm", other, "other", 2);
  if (x.ndim !== 3 || other.ndim !== 3 || x.shape[0] !== other.shape[0] || x.shape[2] !== other.shape[1]) {
    const rule =
      x.ndim !== 3 || other.ndim !== 3
        ? `${x.ndim !== 3 ? "batch1" : "batch2"} must be a 3D tensor`
        : `Expected size for first two dimensions of batch2 tensor to be: [${x.shape[0]}, ${x.shape[2]}] but got: [${other.shape[0]}, ${other.shape[1]}].`;
    throw new ShapeError(
      "bmm",
      rule,
      `shapes are ${formatShape(x.shape)} and ${formatShape(other.shape)}`,
      "Use matmul() to broadcast.",
    );
  }
  return matmul(x, other);
}

/** The product of a matrix and a vector. */
export function mv(x: Tensor, other: Tensor): Tensor {
  checkTensor("mv", x);
  checkTensor("mv", other, "other", 2);
  if (x.ndim !== 2 || other.ndim !== 1) {
    throw new ShapeError(
      "mv",
      `vector + matrix @ vector expected, got 1, ${x.ndim}, ${other.ndim}`,
      `shapes are ${formatShape(x.shape)} and ${formatShape(other.shape)}`,
      "Use matmul().",
    );
  }
  return matmul(x, other);
}

/** The inner product of two vectors. */
export function dot(x: Tensor, other: Tensor): Tensor {
  checkTensor("dot", x);
  checkTensor("dot", other, "other", 2);
  if (x.ndim !== 1 || other.ndim !== 1) {
    throw new ShapeError(
      "dot",
      `1D tensors expected, but got ${x.ndim}D and ${other.ndim}D tensors`,
      "",
      "Use matmul().",
    );
  }
  if (x.dtype !== other.dtype) {
    throw new DTypeError(
      "dot",
      `dot : expected both vectors to have same dtype, but found ${scalarTypeName(x.dtype)} and ${scalarTypeName(other.dtype)}`,
      "",
      `Convert one: .to("float32").`,
    );
  }
  return matmul(x, other);
}

/** The outer product of two vectors. */
export function outer(x: Tensor, other: Tensor): Tensor {
  checkTensor("outer", x);
  checkTensor("outer", other, "other", 2);
  const wrong = x.ndim !== 1 ? (["self", x] as const) : other.ndim !== 1 ? (["vec2", other] as const) : null;
  if (wrong !== null) {
    const [name, { ndim }] = wrong;
    throw new ShapeError("outer", `outer: Expected 1-D argument ${name}, but got ${ndim}-D`, "", "Use matmul().");
  }
  return matmul(unsqueeze(x, 1), unsqueeze(other, 0));
}

/**
 * The product of vectors, matrices or batches of them; batches broadcast.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.matmul.html
 */
export function matmul(x: Tensor, other: Tensor): Tensor {
  checkTensor("matmul", x);
  checkTensor("matmul", other, "other", 2);
  if (x.ndim === 0 || other.ndim === 0) {
    throw new ShapeError(
      "matmul",
      `both arguments to matmul need to be at least 1D, but they are ${x.ndim}D and ${other.ndim}D`,
      "",
      "Use mul() for scalars.",
    );
  }
  onOneDevice("matmul", [x, other]);
  if (x.ndim === 1) {
    if (other.ndim === 1) checkVectors(x, other);
    return squeeze(matmul(unsqueeze(x, 0), other), other.ndim === 1 ? 0 : -2);
  }
  if (other.ndim === 1) {
    checkVector(x, other);
    return squeeze(matmul(x, unsqueeze(other, 1)), -1);
  }
  sameDType("matmul", x, other);
  checkInner(x, other);
  if (x.ndim === 2 && other.ndim === 2) return product(x, other);
  const [n, k] = x.shape.slice(-2) as [number, number];
  const p = other.shape.at(-1) as number;
  if (other.ndim === 2) {
    const rows = x.shape.slice(0, -1);
    return reshape(product(reshape(x, [numel(rows), k]), other), [...rows, p]);
  }
  const batch = broadcastShapes("matmul", x.shape.slice(0, -2), other.shape.slice(0, -2));
  const count = numel(batch);
  const left = reshape(expand(x, [...batch, n, k]), [count, n, k]);
  const right = reshape(expand(other, [...batch, k, p]), [count, k, p]);
  return reshape(product(left, right), [...batch, n, p]);
}

function checkVectors(x: Tensor, other: Tensor): void {
  if (x.shape[0] === other.shape[0]) return;
  throw new ShapeError(
    "dot",
    `inconsistent tensor size, expected tensor [${x.shape[0]}] and src [${other.shape[0]}] to have the same number of elements, but got ${x.shape[0]} and ${other.shape[0]} elements respectively`,
  );
}

function checkVector(x: Tensor, vector: Tensor): void {
  const [inner, size] = [x.shape.at(-1) as number, vector.shape[0] as number];
  if (inner === size) return;
  const rows = x.numel() / Math.max(inner, 1);
  throw new ShapeError("mv", `size mismatch, got input (${rows}), mat (${rows}x${inner}), vec (${size})`);
}

function checkInner(x: Tensor, other: Tensor): void {
  const inner = x.shape.at(-1) as number;
  const [k, p] = other.shape.slice(-2) as [number, number];
  if (inner === k) return;
  const rows = other.ndim === 2 ? x.numel() / Math.max(inner, 1) : (x.shape.at(-2) as number);
  throw new ShapeError(
    other.ndim === 2 ? "mm" : "matmul",
    `mat1 and mat2 shapes cannot be multiplied (${rows}x${inner} and ${k}x${p})`,
    `shapes are ${formatShape(x.shape)} and ${formatShape(other.shape)}`,
    "The last size of the first must be the last but one of the second; t() transposes a matrix.",
  );
}
