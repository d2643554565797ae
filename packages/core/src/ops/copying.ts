import { scalarTypeName, type TypedArray } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes, sameShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { cloneLazily, defineOp, onOneDevice } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import { made } from "../scope/temporaries.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";

const cloneOp = defineOp("clone", {
  forward: ([x]) => cloneLazily(x as Tensor),
  backward: (grad) => [grad],
});

/**
 * The same elements in a tensor of its own; gradients flow back. Copied only when one of the two changes in place.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.clone.html
 * @example clone(tensor([1, 2])) // tensor([1., 2.])
 */
export function clone(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("clone(x)", arguments.length);
  checkTensor("clone", x);
  return cloneOp([x], undefined);
}

/**
 * The same storage without the graph: an in-place change of either is seen in both.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.detach.html
 * @example detach(tensor([1, 2])).requiresGrad // false
 */
export function detach(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("detach(x)", arguments.length);
  checkTensor("detach", x);
  x.check("detach");
  return made(new Tensor("detach", x.shape, x.dtype, x.device, x.storage.retain()), [x]);
}

/**
 * Whether shapes and all elements agree. Reads both tensors.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.equal.html
 * @example equal(tensor([1, 2]), tensor([1, 2])) // true
 */
export function equal(x: Tensor, other: Tensor): boolean {
  if (arguments.length > 2) throw surplusArguments("equal(x, other)", arguments.length);
  checkTensor("equal", x);
  checkTensor("equal", other, "other", 2);
  onOneDevice("equal", [x, other]);
  if (!sameShape(x.shape, other.shape)) return false;
  const [a, b] = [x.toTypedArraySync(), other.toTypedArraySync()];
  return a.every((value, i) => value === b[i]);
}

/**
 * Whether `|x - other| <= atol + rtol * |other|` everywhere; shapes broadcast. Reads both tensors.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.allclose.html
 * @example allclose(tensor([1, 2]), tensor([1, 2.000001])) // true
 */
export function allclose(
  x: Tensor,
  other: Tensor,
  options: { readonly rtol?: number; readonly atol?: number; readonly equalNan?: boolean } = {},
): boolean {
  if (arguments.length > 3) throw surplusArguments("allclose(x, other, options?)", arguments.length);
  checkTensor("allclose", x);
  checkTensor("allclose", other, "other", 2);
  checkOptions("allclose", options, ["rtol", "atol", "equalNan"]);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  onOneDevice("allclose", [x, other]);
  if (x.dtype !== other.dtype) {
    throw new DTypeError(
      "allclose",
      `${scalarTypeName(x.dtype)} did not match ${scalarTypeName(other.dtype)}`,
      "",
      `Convert one: .to("${x.dtype}").`,
    );
  }
  const shape = broadcastShapes("allclose", x.shape, other.shape);
  const [a, b] = [x, other].map((t) => scope(() => expand(detach(t), shape).toTypedArraySync())) as [
    TypedArray,
    TypedArray,
  ];
  return a.every((value, i) => {
    const wanted = b[i] as number;
    if (Number.isNaN(value) || Number.isNaN(wanted)) return equalNan && Number.isNaN(value) && Number.isNaN(wanted);
    if (!Number.isFinite(value) || !Number.isFinite(wanted)) return value === wanted;
    return Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted);
  });
}
