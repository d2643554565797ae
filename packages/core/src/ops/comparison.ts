import { checkConvertible } from "../base/convertible.ts";
import {
  castScalar,
  cppTypeName,
  type DType,
  dtypeOfScalar,
  isFloat,
  promote,
  resultType,
  scalarTypeName,
} from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { broadcastShapes, type Shape } from "../base/shape.ts";
import type { BinaryKernel, UnaryKernel } from "../device/kernels.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { checkOperand, checkTensor } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, sumTo } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";

/** The dtype that two operands of a pointwise op meet in. */
export function meetingType(a: Tensor, b: Tensor | number): DType {
  if (!isTensor(b)) return isFloat(a.dtype) ? a.dtype : resultType([a.dtype], [], [dtypeOfScalar(b)]);
  if (a.dtype === b.dtype) return a.dtype;
  const all = [a, b];
  return resultType(
    all.filter((t) => t.ndim > 0).map((t) => t.dtype),
    all.filter((t) => t.ndim === 0).map((t) => t.dtype),
    [],
  );
}

/** What kernels compute in: they know floats and `int32`. */
export function computeType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "int32";
}

/**
 * The two operands of a pointwise op in the dtype that kernels compute in. A number becomes a constant of the device. Beside bytes, a
 * number or scalar is a byte first, as in PyTorch: no byte is greater than -1, which is 255.
 */
export function operands(a: Tensor, b: Tensor | number, dtype: DType): [Tensor, Tensor] {
  const compute = computeType(dtype);
  if (!isTensor(b)) return [cast(a, compute), constant(a.device, castScalar(b, dtype), compute)];
  if (dtype === "uint8") return [cast(cast(a, dtype), compute), cast(cast(b, dtype), compute)];
  return [cast(a, compute), cast(b, compute)];
}

type Comparison = (x: Tensor, other: Tensor | number) => Tensor;

function comparison(name: BinaryKernel): Comparison {
  const op = defineOp<number | undefined>(name, {
    forward([x, y], number) {
      const other = y ?? (number as number);
      const [a, b] = operands(x as Tensor, other, meetingType(x as Tensor, other));
      return kernel(name, { a, b }, {}, broadcastShapes(name, a.shape, b.shape), "bool");
    },
  });
  return (x, other) => {
    if (isTensor(other)) return op([x, other], undefined);
    checkOperand(name, other);
    return op([x], other);
  };
}

export const eq = comparison("eq");
export const ne = comparison("ne");
export const lt = comparison("lt");
export const le = comparison("le");
export const gt = comparison("gt");
export const ge = comparison("ge");

function logical(name: BinaryKernel): (x: Tensor, other: Tensor) => Tensor {
  const op = defineOp(name, {
    forward([x, y]) {
      const [a, b] = [cast(x as Tensor, "bool"), cast(y as Tensor, "bool")];
      return kernel(name, { a, b }, {}, broadcastShapes(name, a.shape, b.shape), "bool");
    },
  });
  return (x, other) => op([x, other], undefined);
}

export const logicalAnd = logical("logicalAnd");
export const logicalOr = logical("logicalOr");

const logicalNotOp = defineOp("logicalNot", {
  forward: ([x]) => kernel("logicalNot", { x: cast(x as Tensor, "bool") }, {}, (x as Tensor).shape, "bool"),
});

export function logicalNot(x: Tensor): Tensor {
  checkTensor("logicalNot", x);
  return logicalNotOp([x], undefined);
}

function floatTest(name: UnaryKernel): (x: Tensor) => Tensor {
  const op = defineOp(name, {
    forward: ([x]) => kernel(name, { x: cast(x as Tensor, "float32") }, {}, (x as Tensor).shape, "bool"),
  });
  return (x) => op([x], undefined);
}

export const isnan = floatTest("isnan");
export const isinf = floatTest("isinf");
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
 * `x` where `condition` holds, `y` elsewhere; all three broadcast.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.where.html
 */
export function where(condition: Tensor, x: Tensor | number, y: Tensor | number): Tensor {
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

/** `value` where `mask` holds, `x` elsewhere. */
export function maskedFill(x: Tensor, mask: Tensor, value: number): Tensor {
  checkTensor("maskedFill", x);
  checkTensor("maskedFill", mask, "mask", 2);
  if (mask.dtype !== "bool") {
    throw new DTypeError(
      "maskedFill",
      `masked_fill_ only supports boolean masks, but got mask with dtype ${cppTypeName(mask.dtype)}`,
      "",
      "Compare first: x.maskedFill(x.lt(0), 0).",
    );
  }
  checkConvertible("maskedFill", value, x.dtype);
  return whereOp([mask, constant(x.device, value, computeType(x.dtype)), x], x.dtype);
}
