import type { TypedArray } from "../base/dtype.ts";
import { checkOptions } from "../base/options.ts";
import type { Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { numbersOf } from "../tensor/arguments.ts";
import type { Sizes } from "../tensor/method-arguments.ts";
import type { NestedArray } from "../tensor/nested-array.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { empty, full, ones, type TensorOptions, tensor, zeros } from "./creation.ts";

// New tensors of the dtype and on the device of another one.

const OPTIONS = ["dtype", "device", "requiresGrad"];
const SIZE = { name: "size", position: 2, wayOut: "Sizes are one array: [2, 3]." };

function alike(op: string, x: Tensor, options: TensorOptions): TensorOptions {
  checkOptions(op, options, OPTIONS);
  return { dtype: x.dtype, device: x.device, ...options };
}

/** Sizes, in one array or one after the other, and options after them. */
function sizesAndOptions(op: string, given: readonly unknown[]): [Shape, TensorOptions] {
  const last = given.at(-1);
  const hasOptions = typeof last === "object" && last !== null && !Array.isArray(last);
  const sizes = (hasOptions ? given.slice(0, -1) : given) as Sizes;
  return [numbersOf(op, sizes, SIZE), hasOptions ? (last as TensorOptions) : {}];
}

type SizesAndOptions = Sizes | [...Sizes, TensorOptions];

/**
 * Zeros of the dtype and on the device of `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html
 * @example ones([2], { dtype: "int64" }).newZeros([3]) // tensor([0, 0, 0])
 */
export function newZeros(x: Tensor, ...sizes: SizesAndOptions): Tensor {
  const [shape, options] = sizesAndOptions("newZeros", sizes);
  return zeros(shape, alike("newZeros", x, options));
}

/**
 * Ones of the dtype and on the device of `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html
 * @example zeros([2]).newOnes(1, 2) // tensor([[1., 1.]])
 */
export function newOnes(x: Tensor, ...sizes: SizesAndOptions): Tensor {
  const [shape, options] = sizesAndOptions("newOnes", sizes);
  return ones(shape, alike("newOnes", x, options));
}

/**
 * A tensor of the dtype and on the device of `x` that nobody has filled: not initialised in PyTorch; zeros here.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html
 * @example zeros([2]).newEmpty([2, 3]).shape // [2, 3]
 */
export function newEmpty(x: Tensor, ...sizes: SizesAndOptions): Tensor {
  const [shape, options] = sizesAndOptions("newEmpty", sizes);
  return empty(shape, alike("newEmpty", x, options));
}

/**
 * Every element `value`, of the dtype and on the device of `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.new_full.html
 * @example zeros([2]).newFull([2], 7) // tensor([7., 7.])
 */
export function newFull(x: Tensor, size: Shape, value: number | Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("newFull(x, size, value, options?)", arguments.length);
  return full(size, value, alike("newFull", x, options));
}

/**
 * These elements as a tensor of the dtype and on the device of `x`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.new_tensor.html
 * @example zeros([2], { dtype: "int64" }).newTensor([1, 2]) // tensor([1, 2])
 */
export function newTensor(
  x: Tensor,
  data: NestedArray | TypedArray | Float64Array,
  options: TensorOptions = {},
): Tensor {
  if (arguments.length > 3) throw surplusArguments("newTensor(x, data, options?)", arguments.length);
  return tensor(data, alike("newTensor", x, options));
}
