import { defaultDtype } from "../base/default-dtype.ts";
import { DTYPES, type DType, isFloat } from "../base/dtype.ts";
import { ValueError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { resultType } from "../base/result-type.ts";
import type { Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { cloneLazily, defineOp, kernel, onOneDevice } from "../graph/op.ts";
import { checkOperand, checkTensor, invalidCombination } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { div, maximum, minimum } from "./arithmetic.ts";
import { sumTo } from "./broadcast.ts";
import { eq, gt, le, logicalAnd, logicalOr, lt, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { computeType, numberAsScalar } from "./promotion.ts";

// Clamping to numbers is one op, to tensors another: these have gradients of their own.

interface ClampAttrs {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const clampOp = defineOp<ClampAttrs>("clamp", {
  forward([x], { min, max }) {
    const input = x as Tensor;
    const whole = [min, max].every((bound) => bound === undefined || Number.isInteger(bound));
    const result = resultType([input.dtype], [], [whole ? "int64" : defaultDtype()]);
    const dtype = computeType(result);
    let out = cast(input, dtype);
    const bind = (kind: "maximum" | "minimum", bound: number): void => {
      // A bound beyond all whole numbers binds none.
      const most = Math.min(DTYPES[dtype].range[1], input.device.largestInteger ?? DTYPES.int32.range[1]);
      if (!isFloat(dtype) && (kind === "maximum" ? bound < -most : bound >= most)) return;
      out = kernel(kind, { a: out, b: constant(out.device, bound, dtype) }, {}, out.shape, dtype);
    };
    if (min !== undefined) bind("maximum", min);
    if (max !== undefined) bind("minimum", max);
    if (out === input) out = cloneLazily(input);
    return cast(out, result);
  },
  backward(grad, saved) {
    const { min, max } = saved.attrs;
    const x = saved.input(0);
    let slope = grad;
    // At a bound the slope is 0, since PyTorch 2.9 or so.
    if (min !== undefined) slope = where(gt(x, min), slope, 0);
    if (max !== undefined) slope = where(lt(x, max), slope, 0);
    return [slope];
  },
});

interface BoundNames {
  readonly min: boolean;
  readonly max: boolean;
}

/** The bounds of a clamp to tensors: the input, and after it those that there are. */
function boundsOf(
  inputs: readonly Tensor[],
  { min, max }: BoundNames,
): [low: Tensor | undefined, high: Tensor | undefined] {
  return [min ? inputs[1] : undefined, max ? inputs[min ? 2 : 1] : undefined];
}

const clampTensorOp = defineOp<BoundNames>("clampTensor", {
  forward(inputs, names) {
    const [low, high] = boundsOf(inputs, names);
    let out = inputs[0] as Tensor;
    if (low !== undefined) out = maximum(out, low);
    return high === undefined ? out : minimum(out, high);
  },
  // PyTorch's clamp_backward: where an element is at a bound, they share the gradient, unless both bounds are equal. Of one bound, what is
  // NaN has the whole, and so has the other; of two, only the element.
  backward(grad, saved) {
    const { attrs: names, needs } = saved;
    const x = saved.input(0);
    const [low, high] = [
      names.min ? saved.input(1) : undefined,
      names.max ? saved.input(names.min ? 2 : 1) : undefined,
    ];
    const [whole, half] = [grad, div(grad, 2)];
    const apart = low !== undefined && high !== undefined ? lt(low, high) : undefined;
    const at = (bound: Tensor): Tensor => (apart === undefined ? eq(x, bound) : logicalAnd(eq(x, bound), apart));
    let ofInput = whole;
    for (const bound of [low, high]) if (bound !== undefined) ofInput = where(at(bound), half, ofInput);
    if (low !== undefined) ofInput = where(lt(x, low), 0, ofInput);
    if (high !== undefined) ofInput = where(gt(x, high), 0, ofInput);
    const grads: (Tensor | null)[] = [needs[0] ? sumTo(ofInput, saved.shapes[0] as Shape) : null];
    const give = (bound: Tensor, share: Tensor): void => {
      const index = grads.length;
      grads.push(needs[index] ? sumTo(where(at(bound), half, share), saved.shapes[index] as Shape) : null);
    };
    if (low !== undefined && high !== undefined) {
      const ordered = le(low, high);
      give(low, where(logicalAnd(lt(x, low), ordered), whole, 0));
      give(high, where(logicalOr(gt(low, high), logicalAnd(gt(x, high), ordered)), whole, 0));
    } else if (low !== undefined) {
      give(low, where(gt(x, low), 0, whole));
    } else if (high !== undefined) {
      give(high, where(lt(x, high), 0, whole));
    }
    return grads;
  },
  gradName: ({ min, max }) => (min && max ? "ClampBackward1" : min ? "ClampMinBackward1" : "ClampMaxBackward1"),
});

/** A bound of `clamp`. */
type Bound = number | Tensor | null | undefined;

const dtypeOf = ({ dtype }: Tensor): DType => dtype;

function isBound(value: unknown): boolean {
  return value === undefined || typeof value === "number" || typeof value === "boolean" || isTensor(value);
}

/** Clamps to bounds of which at least one is there. */
function clampTo(op: string, x: Tensor, min: number | Tensor | undefined, max: number | Tensor | undefined): Tensor {
  if (!isBound(min) || !isBound(max)) {
    throw invalidCombination(op, [x, min, max], "Bounds are numbers or tensors: clamp({ min: 0 }).");
  }
  if (!isTensor(min) && !isTensor(max)) return clampOp([x], { min, max });
  const given = [min, max].filter((bound) => bound !== undefined);
  const bounds = given.map((bound) => (isTensor(bound) ? bound : numberAsScalar(op, bound, x)));
  const inputs = onOneDevice(op, [x, ...bounds]);
  const [vectors, scalars] = [inputs.filter(({ ndim }) => ndim > 0), inputs.filter(({ ndim }) => ndim === 0)];
  const dtype = resultType(vectors.map(dtypeOf), scalars.map(dtypeOf), []);
  return clampTensorOp(
    inputs.map((input) => cast(input, dtype)),
    { min: min !== undefined, max: max !== undefined },
  );
}

/**
 * Every element at least `min` and at most `max`: `clamp(x, min, max)` or `clamp(x, { min, max })`. Bounds are numbers, or tensors that
 * broadcast and whose dtypes are promoted. Integers stay integers where both bounds are.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.clamp.html
 * @example clamp(tensor([-2, 0.5, 2]), -1, 1) // tensor([-1.0000,  0.5000,  1.0000])
 */
export function clamp(
  x: Tensor,
  bounds: Bound | { readonly min?: Bound; readonly max?: Bound },
  upper?: Bound,
): Tensor {
  if (arguments.length > 3) throw surplusArguments("clamp(x, bounds, upper?)", arguments.length);
  checkTensor("clamp", x);
  const named = typeof bounds === "object" && bounds !== null && !isTensor(bounds);
  if (named) checkOptions("clamp", bounds, ["min", "max"]);
  const [low, high] = named ? [bounds.min, bounds.max] : [bounds, upper];
  const [min, max] = [low ?? undefined, high ?? undefined];
  if (min === undefined && max === undefined) {
    throw new ValueError(
      "clamp",
      "torch.clamp: At least one of 'min' or 'max' must not be None",
      "",
      "Give one: clamp({ min: 0 }).",
    );
  }
  return clampTo("clamp", x, min, max);
}

/**
 * Every element at least `min`, a number or a tensor that broadcasts: `clamp(x, { min })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.clamp.html
 * @example clampMin(tensor([-2, 0.5]), 0) // tensor([0.0000, 0.5000])
 */
export function clampMin(x: Tensor, min: Tensor | number): Tensor {
  if (arguments.length > 2) throw surplusArguments("clampMin(x, min)", arguments.length);
  checkTensor("clampMin", x);
  checkOperand("clampMin", min, "min");
  return clampTo("clampMin", x, min, undefined);
}

/**
 * Every element at most `max`, a number or a tensor that broadcasts: `clamp(x, { max })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.clamp.html
 * @example clampMax(tensor([-2, 0.5]), 0) // tensor([-2.,  0.])
 */
export function clampMax(x: Tensor, max: Tensor | number): Tensor {
  if (arguments.length > 2) throw surplusArguments("clampMax(x, max)", arguments.length);
  checkTensor("clampMax", x);
  checkOperand("clampMax", max, "max");
  return clampTo("clampMax", x, undefined, max);
}
