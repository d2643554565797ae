import { checkConvertible } from "../base/convertible.ts";
import { floatOf } from "../base/default-dtype.ts";
import { cppTypeName, type DType, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ShapeError } from "../base/errors.ts";
import { dtypeOfScalar, promote } from "../base/result-type.ts";
import { broadcastShapes, formatShape, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { BinaryKernel, UnaryKernel } from "../device/kernels.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkOperand, checkTensor } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, sumTo } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { computeType, meetingType, operands } from "./promotion.ts";

type Comparison = (x: Tensor, other: Tensor | number) => Tensor;

function comparison(name: BinaryKernel): Comparison {
  const op = defineOp<number | undefined>(name, {
    forward([x, y], number) {
      const other = y ?? (number as number);
      const [a, b] = operands(name, x as Tensor, other, meetingType(x as Tensor, other));
      return kernel(name, { a, b }, {}, broadcastShapes(name, a.shape, b.shape), "bool");
    },
  });
  return function (x, other) {
    if (arguments.length > 2) throw surplusArguments(`${name}(x, other)`, arguments.length);
    if (isTensor(other)) return op([x, other], undefined);
    checkTensor(name, x);
    checkOperand(name, other);
    return op([x], other);
  };
}

/**
 * `x == other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.eq.html
 * @example eq(tensor([1, 2]), 2) // tensor([False,  True])
 */
export const eq = comparison("eq");
/**
 * `x != other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.ne.html
 * @example ne(tensor([1, 2]), 2) // tensor([ True, False])
 */
export const ne = comparison("ne");
/**
 * `x < other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.lt.html
 * @example lt(tensor([1, 2]), 2) // tensor([ True, False])
 */
export const lt = comparison("lt");
/**
 * `x <= other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.le.html
 * @example le(tensor([1, 2]), 2) // tensor([True, True])
 */
export const le = comparison("le");
/**
 * `x > other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.gt.html
 * @example gt(tensor([1, 2]), 1) // tensor([False,  True])
 */
export const gt = comparison("gt");
/**
 * `x >= other`. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.ge.html
 * @example ge(tensor([1, 2]), 2) // tensor([False,  True])
 */
export const ge = comparison("ge");

function logical(name: BinaryKernel): (x: Tensor, other: Tensor) => Tensor {
  const op = defineOp(name, {
    forward([x, y]) {
      const [a, b] = [cast(x as Tensor, "bool"), cast(y as Tensor, "bool")];
      return kernel(name, { a, b }, {}, broadcastShapes(name, a.shape, b.shape), "bool");
    },
  });
  return function (x, other) {
    if (arguments.length > 2) throw surplusArguments(`${name}(x, other)`, arguments.length);
    return op([x, other], undefined);
  };
}

/**
 * Whether neither is zero. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.logical_and.html
 * @example logicalAnd(tensor([1, 0]), tensor([1, 1])) // tensor([ True, False])
 */
export const logicalAnd = logical("logicalAnd");
/**
 * Whether one at least is not zero. Shapes broadcast; the result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.logical_or.html
 * @example logicalOr(tensor([1, 0]), tensor([0, 0])) // tensor([ True, False])
 */
export const logicalOr = logical("logicalOr");

const logicalNotOp = defineOp("logicalNot", {
  forward: ([x]) => kernel("logicalNot", { x: cast(x as Tensor, "bool") }, {}, (x as Tensor).shape, "bool"),
});

/**
 * Whether an element is zero. The result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.logical_not.html
 * @example logicalNot(tensor([1, 0])) // tensor([False,  True])
 */
export function logicalNot(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("logicalNot(x)", arguments.length);
  checkTensor("logicalNot", x);
  return logicalNotOp([x], undefined);
}

function floatTest(name: UnaryKernel): (x: Tensor) => Tensor {
  const op = defineOp(name, {
    forward: ([x]) =>
      kernel(name, { x: cast(x as Tensor, floatOf((x as Tensor).dtype)) }, {}, (x as Tensor).shape, "bool"),
  });
  return function (x) {
    if (arguments.length > 1) throw surplusArguments(`${name}(x)`, arguments.length);
    return op([x], undefined);
  };
}

/**
 * Whether an element is NaN. The result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.isnan.html
 * @example isnan(tensor([1, Number.NaN])) // tensor([False,  True])
 */
export const isnan = floatTest("isnan");
/**
 * Whether an element is infinite. The result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.isinf.html
 * @example isinf(tensor([1, Number.POSITIVE_INFINITY])) // tensor([False,  True])
 */
export const isinf = floatTest("isinf");
/**
 * Whether an element is a number and finite. The result is `bool`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.isfinite.html
 * @example isfinite(tensor([1, Number.NaN])) // tensor([ True, False])
 */
export const isfinite = floatTest("isfinite");

const whereOp = defineOp<DType>("where", {
  forward([condition, x, y], dtype) {
    const [c, a, b] = [condition as Tensor, x as Tensor, y as Tensor];
    const shape = broadcastShapes("where", broadcastShapes("where", c.shape, a.shape), b.shape);
    const compute = computeType(dtype);
    const inputs = {
      condition: expand(c, shape),
      a: expand(cast(a, compute), shape),
      b: expand(cast(b, compute), shape),
    };
    return cast(kernel("where", inputs, {}, shape, compute), dtype);
  },
  backward(grad, saved) {
    const condition = saved.input(0);
    const none = constant(grad.device, 0, grad.dtype);
    const side = (index: number, pick: (g: Tensor) => Tensor): Tensor | null =>
      saved.needs[index] ? sumTo(pick(grad), saved.shapes[index] as Shape) : null;
    return [null, side(1, (g) => where(condition, g, none)), side(2, (g) => where(condition, none, g))];
  },
});

/**
 * `x` where `condition` holds, `y` elsewhere. All three broadcast; the dtypes of `x` and `y` are promoted.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.where.html
 * @example where(tensor([true, false]), tensor([1, 2]), 0) // tensor([1., 0.])
 */
export function where(condition: Tensor, x: Tensor | number, y: Tensor | number): Tensor {
  if (arguments.length > 3) throw surplusArguments("where(condition, x, y)", arguments.length);
  checkTensor("where", condition, "condition", 1);
  checkOperand("where", x, "input", 2);
  checkOperand("where", y, "y", 3);
  if (condition.dtype !== "bool") {
    throw new DTypeError(
      "where",
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${scalarTypeName(condition.dtype)}`,
      "",
      "Compare first: where(x.gt(0), ...).",
    );
  }
  const dtype = isTensor(x) ? meetingType(x, y) : isTensor(y) ? meetingType(y, x) : numbersType(x, y);
  const toTensor = (value: Tensor | number): Tensor =>
    isTensor(value) ? value : constant(condition.device, value, computeType(dtype));
  return whereOp([condition, toTensor(x), toTensor(y)], dtype);
}

function numbersType(x: number, y: number): DType {
  return promote(dtypeOfScalar(x), dtypeOfScalar(y));
}

/**
 * `value`, a number or a tensor without dimensions, where `mask` holds, `x` elsewhere. The mask broadcasts. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.masked_fill.html
 * @example maskedFill(tensor([1, 2]), tensor([true, false]), 0) // tensor([0., 2.])
 */
export function maskedFill(x: Tensor, mask: Tensor, value: number | Tensor): Tensor {
  if (arguments.length > 3) throw surplusArguments("maskedFill(x, mask, value)", arguments.length);
  checkTensor("maskedFill", x);
  checkTensor("maskedFill", mask, "mask", 2);
  checkOperand("maskedFill", value, "value", 3);
  if (mask.dtype !== "bool") {
    throw new DTypeError(
      "maskedFill",
      `masked_fill_ only supports boolean masks, but got mask with dtype ${cppTypeName(mask.dtype)}`,
      "",
      "Compare first: x.maskedFill(x.lt(0), 0).",
    );
  }
  if (isTensor(value)) {
    value.check("maskedFill");
    if (value.ndim > 0) {
      throw new ShapeError(
        "maskedFill",
        `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
        `its shape is ${formatShape(value.shape)}`,
        "Use where(mask, value, x), which broadcasts.",
      );
    }
    return whereOp([mask, cast(value, x.dtype), x], x.dtype);
  }
  checkConvertible("maskedFill", value, x.dtype);
  return whereOp([mask, constant(x.device, value, computeType(x.dtype)), x], x.dtype);
}
