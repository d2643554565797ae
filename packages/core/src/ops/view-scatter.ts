import { ShapeError, ValueError } from "../base/errors.ts";
import { formatShape, normalizeDim, type Shape, sameShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { onOneDevice } from "../graph/op.ts";
import { checkInt, checkTensor } from "../tensor/arguments.ts";
import type { Index } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { indexPut_ } from "./advanced-index.ts";
import { cast } from "./conversion.ts";
import { clone } from "./copying.ts";
import { diagonalStep, selectStep, sliceRange, sliceStep } from "./part-steps.ts";
import { writeStep } from "./view-steps.ts";

// A tensor with another one in the place of a part: what writing to a view gives, in a tensor of its own.

function scattered(op: string, x: Tensor, source: Tensor, shape: Shape): Tensor {
  onOneDevice(op, [x, source]);
  if (!sameShape(source.shape, shape)) {
    throw new ShapeError(
      op,
      "expected src to have a size equal to the slice of self",
      `src size = ${formatShape(source.shape)}, slice size = ${formatShape(shape)}`,
    );
  }
  return cast(source, x.dtype);
}

/**
 * `x` with `source` as element `index` of dimension `dim`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.select_scatter.html
 * @example selectScatter(zeros([2, 2]), ones([2]), 0, 1) // tensor([[0., 0.], [1., 1.]])
 */
export function selectScatter(x: Tensor, source: Tensor, dim: number, index: number): Tensor {
  if (arguments.length > 4) throw surplusArguments("selectScatter(x, source, dim, index)", arguments.length);
  checkTensor("selectScatter", x);
  checkTensor("selectScatter", source, "src", 2);
  const step = selectStep("selectScatter", x, dim, index, 4);
  const shape = x.shape.filter((_, i) => i !== step.dim);
  return writeStep(x, scattered("selectScatter", x, source, shape), step);
}

/**
 * `x` with `source` in the place of the slice `start:end:step` of dimension `dim`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.slice_scatter.html
 * @example sliceScatter(zeros([4]), ones([2]), 0, 1, 3) // tensor([0., 1., 1., 0.])
 */
export function sliceScatter(
  x: Tensor,
  source: Tensor,
  dim = 0,
  start: number | null = null,
  end: number | null = null,
  step = 1,
): Tensor {
  if (arguments.length > 6)
    throw surplusArguments("sliceScatter(x, source, dim?, start?, end?, step?)", arguments.length);
  checkTensor("sliceScatter", x);
  checkTensor("sliceScatter", source, "src", 2);
  checkInt("sliceScatter", step, "step", 6);
  if (start !== null) checkInt("sliceScatter", start, "start", 4);
  if (end !== null) checkInt("sliceScatter", end, "end", 5);
  if (step < 1) throw new ValueError("sliceScatter", "slice step must be positive", `got ${step}`);
  const at = normalizeDim("sliceScatter", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  const range = sliceRange(size, start ?? 0, end ?? size, step);
  const part = sliceStep(x.shape, at, range.start, range.length, step);
  return writeStep(x, scattered("sliceScatter", x, source, part.to), part);
}

/**
 * `x` with `source` in the place of a diagonal.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.diagonal_scatter.html
 * @example diagonalScatter(zeros([2, 2]), ones([2])) // tensor([[1., 0.], [0., 1.]])
 */
export function diagonalScatter(x: Tensor, source: Tensor, offset = 0, dim1 = 0, dim2 = 1): Tensor {
  if (arguments.length > 5)
    throw surplusArguments("diagonalScatter(x, source, offset?, dim1?, dim2?)", arguments.length);
  checkTensor("diagonalScatter", x);
  checkTensor("diagonalScatter", source, "src", 2);
  const step = diagonalStep("diagonalScatter", x, offset, dim1, dim2);
  return writeStep(x, scattered("diagonalScatter", x, source, step.to), step);
}

/**
 * `x.indexPut_(indices, value)` in a tensor of its own.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.index_put.html
 * @example zeros([3]).indexPut([[0, 2]], 1) // tensor([1., 0., 1.])
 */
export function indexPut(
  x: Tensor,
  indices: readonly Index<Tensor>[],
  value: Tensor | number | boolean,
  options: { readonly accumulate?: boolean } = {},
): Tensor {
  if (arguments.length > 4) throw surplusArguments("indexPut(x, indices, value, options?)", arguments.length);
  checkTensor("indexPut", x);
  return indexPut_(clone(x), indices, value, options);
}
