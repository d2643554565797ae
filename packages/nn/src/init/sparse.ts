import { noGrad, randperm, ShapeError, scope, type Tensor, zeros } from "@kindling/core";
import { checkOptions, checkTensor, formatShape, surplusArguments } from "@kindling/core/extend";
import { fillFrom } from "./constant.ts";
import type { GeneratorOption } from "./uniform.ts";

export interface SparseOptions extends GeneratorOption {
  /** The share of each column that is zero. */
  readonly sparsity: number;
  /** Default: 0.01. */
  readonly std?: number;
}

/**
 * Fills a matrix with draws from `N(0, std²)` and sets a share of each column to zero (Martens 2010).
 *
 * @throws ShapeError `Only tensors with 2 dimensions are supported`
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.sparse_
 */
export function sparse_(tensor: Tensor, given: SparseOptions): Tensor {
  if (arguments.length > 2) throw surplusArguments("sparse_(tensor, given)", arguments.length);
  checkTensor("sparse_", tensor, "tensor");
  checkOptions("sparse_", given, ["sparsity", "std", "generator"]);
  const { sparsity, std = 0.01, ...options } = given;
  const [rows, columns, ...more] = tensor.shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    const rule = "Only tensors with 2 dimensions are supported";
    throw new ShapeError("sparse_", rule, `the shape is ${formatShape(tensor.shape)}`, "Use normal_ for others.");
  }
  const zeroed = Math.ceil(sparsity * rows);
  const elements = noGrad(() =>
    scope(() => zeros([rows, columns]).normal_(0, std, options).toTypedArraySync()),
  ) as Float32Array;
  for (let column = 0; column < columns; column++) {
    // PyTorch shuffles with its default generator, whatever drew the normals.
    const order = scope(() => randperm(rows).toTypedArraySync());
    for (const row of order.subarray(0, zeroed)) elements[row * columns + column] = 0;
  }
  return fillFrom(tensor, elements);
}
