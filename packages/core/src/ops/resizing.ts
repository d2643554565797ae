import { ShapeError } from "../base/errors.ts";
import { formatShape, numel, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { checkTensor, numbersOf } from "../tensor/arguments.ts";
import type { Sizes } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import * as broadcast from "./broadcast.ts";
import { clone } from "./copying.ts";
import { reshape } from "./movement.ts";
import { layoutOfTensor, viewBy, viewInShape } from "./views.ts";

// Other sizes, by methods that PyTorch has no functions for.

const SIZE = { name: "size", position: 2, wayOut: "Sizes are one array: [2, -1]." };
const REPEATS = { name: "repeats", position: 2, wayOut: "Give one number for each dimension: [2, 1]." };

/**
 * The same elements in another shape; one size may be -1. A view: it shares memory with `x`.
 *
 * @throws ShapeError `shape '[2, 4]' is invalid for input of size 6`, and where no strides say where the elements of a view like `x.t()` are
 * in the new shape: `reshape` copies them
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.view.html
 * @example arange(6).view(2, -1) // tensor([[0, 1, 2], [3, 4, 5]])
 */
export function view(x: Tensor, ...shape: Sizes): Tensor {
  checkTensor("view", x);
  const target = broadcast.targetShape(x, numbersOf("view", shape, SIZE));
  const out = viewInShape(x, target);
  if (out !== null) return out;
  throw new ShapeError(
    "view",
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
    `the tensor is itself a view, of shape ${formatShape(x.shape)} and strides ${formatShape(layoutOfTensor(x).strides)}`,
    "reshape() copies where it must.",
  );
}

/**
 * `x` repeated along dimensions of size 1, and along new ones in front; -1 leaves a size as it is. A view: every repetition is the same
 * memory, so only `fill_` and `zero_` may change it in place.
 *
 * @throws ShapeError where a size that is not 1 would change
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.expand.html
 * @example ones([2, 1]).expand(-1, 3) // tensor([[1., 1., 1.], [1., 1., 1.]])
 */
export function expand(x: Tensor, ...sizes: Sizes): Tensor {
  return expanded(x, numbersOf("expand", sizes, SIZE));
}

/**
 * `x.expand(other.shape)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.expand_as.html
 * @example ones([2, 1]).expandAs(ones([2, 3])).shape // [2, 3]
 */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("expandAs(x, other)", arguments.length);
  checkTensor("expandAs", other, "other", 2);
  return expanded(x, other.shape);
}

function expanded(x: Tensor, shape: Shape): Tensor {
  checkTensor("expand", x);
  const to = broadcast.expandedShape(x, shape);
  // Nothing is repeated: the same elements in the same order.
  if (numel(to) === x.numel()) return viewInShape(x, to, "expand") as Tensor;
  return viewBy("expand", x, { kind: "expand", from: x.shape, to });
}

/**
 * `x` laid side by side `repeats` times along each dimension; new dimensions come in front.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.repeat.html
 * @example tensor([1, 2]).repeat(2, 2) // tensor([[1., 2., 1., 2.], [1., 2., 1., 2.]])
 */
export function repeat(x: Tensor, ...counts: Sizes): Tensor {
  checkTensor("repeat", x);
  const repeats = numbersOf("repeat", counts, REPEATS);
  if (repeats.length < x.ndim) {
    throw new ShapeError(
      "repeat",
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
      `got ${repeats.length} for ${x.ndim}`,
      "Give one number for each dimension.",
    );
  }
  const shape = [...new Array<number>(repeats.length - x.ndim).fill(1), ...x.shape];
  const apart = shape.flatMap((size) => [1, size]);
  const wide = shape.flatMap((size, i) => [repeats[i] as number, size]);
  const whole = shape.map((size, i) => size * (repeats[i] as number));
  const negative = whole.find((size) => size < 0);
  if (negative !== undefined) {
    throw new ShapeError(
      "repeat",
      `Trying to create tensor with negative dimension ${negative}: ${formatShape(whole)}`,
    );
  }
  // A copy, unlike what `expand` gives.
  return clone(broadcast.reshape(broadcast.expand(broadcast.reshape(x, apart), wide), whole));
}

/**
 * `x.view(other.shape)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.view_as.html
 * @example arange(4).viewAs(ones([2, 2])) // tensor([[0, 1], [2, 3]])
 */
export function viewAs(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("viewAs(x, other)", arguments.length);
  checkTensor("viewAs", other, "other", 2);
  return view(x, other.shape);
}

/**
 * `x.reshape(other.shape)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.reshape_as.html
 * @example arange(4).reshapeAs(ones([2, 2])) // tensor([[0, 1], [2, 3]])
 */
export function reshapeAs(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("reshapeAs(x, other)", arguments.length);
  checkTensor("reshapeAs", other, "other", 2);
  return reshape(x, other.shape);
}
