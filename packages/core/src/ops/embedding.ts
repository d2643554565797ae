import { ShapeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { formatShape, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { withGradMode } from "../graph/grad-mode.ts";
import { defineOp, type Op, onOneDevice } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, div, mul, reciprocal } from "./arithmetic.ts";
import { expand, reshape } from "./broadcast.ts";
import { eq, gt, logicalAnd, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { checkIndex } from "./index-tensor.ts";
import { scatterRows, take } from "./picking.ts";
import { norm } from "./reduction.ts";

export interface EmbeddingOptions {
  /** The row that gets no gradient. Default: none. */
  readonly paddingIdx?: number;
  /** Whether the gradient of a row is divided by how often it is asked for. Default: false. */
  readonly scaleGradByFreq?: boolean;
}

const embeddingOp: Op<EmbeddingOptions> = defineOp<EmbeddingOptions>("embedding", {
  forward: ([index, weight]) => take(weight as Tensor, index as Tensor),
  backward(grad, saved) {
    const { paddingIdx, scaleGradByFreq = false } = saved.attrs;
    const shape = saved.shapes[1] as Shape;
    const index = reshape(saved.input(0), [-1]);
    let rows = reshape(grad, [index.numel(), ...shape.slice(1)]);
    if (paddingIdx !== undefined) rows = where(eq(reshape(index, [-1, 1]), paddingIdx), 0, rows);
    if (scaleGradByFreq) rows = div(rows, take(timesAsked(index, shape[0] as number, grad), index));
    return [null, scatterRows(rows, index, shape)];
  },
});

/** How often `index` names each row, in the shape `[rows, 1]` and the dtype of another tensor. */
function timesAsked(index: Tensor, rows: number, { dtype }: Tensor): Tensor {
  return scatterRows(expand(constant(index.device, 1, dtype), [index.numel(), 1]), index, [rows, 1]);
}

const refuse = (): string => "index out of range in self";

/**
 * The rows of `weight` that `index` names. Shapes: index `[*]`, weight `[rows, size]`, result `[*, size]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
 */
export function embedding(index: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("embedding(index, weight, options?)", arguments.length);
  checkTensor("embedding", index, "index", 1);
  checkTensor("embedding", weight, "weight", 2);
  checkOptions("embedding", options, ["paddingIdx", "scaleGradByFreq"]);
  if (weight.ndim !== 2) {
    const got = `its shape is ${formatShape(weight.shape)}`;
    throw new ShapeError("embedding", "'weight' must be 2-D", got, "A table has a row for each index: [rows, size].");
  }
  return embeddingOp([checkIndex("embedding", index, weight.shape[0] as number, refuse), weight], options);
}

/**
 * Shortens the rows of `weight` that `index` names to the norm `maxNorm`, where they are longer, in place. Not recorded.
 *
 * @see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/Embedding.cpp
 */
export function embeddingRenorm_(weight: Tensor, index: Tensor, maxNorm: number, normType: number): Tensor {
  if (arguments.length > 4)
    throw surplusArguments("embeddingRenorm_(weight, index, maxNorm, normType)", arguments.length);
  checkTensor("embeddingRenorm_", weight, "weight", 1);
  checkTensor("embeddingRenorm_", index, "index", 2);
  if (weight.ndim !== 2) {
    const rule = `Expected 2-dimensional tensor, but got ${weight.ndim}-dimensional tensor for argument #1 'self' (while checking arguments for embedding_renorm_)`;
    throw new ShapeError("embeddingRenorm_", rule);
  }
  onOneDevice("embeddingRenorm_", [weight, index]);
  const count = weight.shape[0] as number;
  const rows = reshape(checkIndex("embedding", index, count, refuse), [-1]);
  return withGradMode(false, () => {
    const norms = norm(weight, normType, 1, { keepdim: true });
    const long = logicalAnd(gt(norms, maxNorm), gt(timesAsked(rows, count, weight), 0));
    return weight.mul_(where(long, mul(reciprocal(add(norms, 1e-7)), maxNorm), 1));
  });
}
