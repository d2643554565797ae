import { scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ShapeError } from "../base/errors.ts";
import { broadcastShapes, formatShape, numel } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { onOneDevice } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expand, reshape } from "./broadcast.ts";
import { product, sameDType } from "./product.ts";
import { squeeze, unsqueeze } from "./reordering.ts";

/**
 * The product of two matrices: `[n, m] x [m, p]` gives `[n, p]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.mm.html
 * @example mm(tensor([[1, 2]]), tensor([[3], [4]])) // tensor([[11.]])
 */
export function mm(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("mm(x, other)", arguments.length);
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

/**
 * The products of two equally long batches of matrices: `[b, n, m] x [b, m, p]` gives `[b, n, p]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.bmm.html
 * @example bmm(ones([2, 1, 3]), ones([2, 3, 1])).shape // [2, 1, 1]
 */
export function bmm(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("bmm(x, other)", arguments.length);
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

/**
 * The product of a matrix and a vector: `[n, m] x [m]` gives `[n]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.mv.html
 * @example mv(tensor([[1, 2], [3, 4]]), tensor([1, 1])) // tensor([3., 7.])
 */
export function mv(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("mv(x, other)", arguments.length);
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

/**
 * The inner product of two vectors, `Σ x * other`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.dot.html
 * @example dot(tensor([1, 2]), tensor([3, 4])) // tensor(11.)
 */
export function dot(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("dot(x, other)", arguments.length);
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

/**
 * The outer product of two vectors: `[n] x [m]` gives `[n, m]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.outer.html
 * @example outer(tensor([1, 2]), tensor([3, 4])) // tensor([[3., 4.], [6., 8.]])
 */
export function outer(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("outer(x, other)", arguments.length);
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
 * @example matmul(tensor([[1, 2], [3, 4]]), tensor([1, 1])) // tensor([3., 7.])
 */
export function matmul(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("matmul(x, other)", arguments.length);
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
