import { castScalar } from "../base/cast.ts";
import { checkConvertible } from "../base/convertible.ts";
import { bytesPerElement, type DType, isFloat, scalarTypeName } from "../base/dtype.ts";
import { DTypeError, ValueError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { broadcastShapes } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { zeroDivision } from "../base/whole-numbers.ts";
import { defineOp, onOneDevice } from "../graph/op.ts";
import { checkInt, checkNumber, checkOperand, checkTensor } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";
import { eq, ge, logicalAnd, lt, ne, where } from "./comparison.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { binary, otherOf, unary } from "./pointwise.ts";
import { isNarrow, meetingType, numberAsScalar } from "./promotion.ts";

// Pointwise arithmetic, each op with its derivative. `mul`, `div` and the others stand in one file because their derivatives use
// each other: a circle of imports otherwise. Half of the lines are docs. PyTorch's formulas: tools/autograd/derivatives.yaml.

const addPlain = binary("add", {
  kernel: "add",
  numberFirst: "always",
  step: "add",
  dx: (grad) => grad,
  dy: (grad) => grad,
});

const subPlain = binary("sub", {
  kernel: "sub",
  numberFirst: "always",
  step: "sub",
  dx: (grad) => grad,
  dy: (grad) => neg(grad),
  check(x, other, dtype) {
    const bools = [x, other].filter((side) =>
      isTensor(side) ? side.dtype === "bool" : typeof side === "boolean",
    ).length;
    if (dtype !== "bool" && bools === 0) return;
    throw new DTypeError(
      "sub",
      bools === 2
        ? "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead."
        : "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
      "",
      "Convert to int32 first, or compare with ne().",
    );
  },
});

const ALPHA = ["alpha"];

/**
 * `x + alpha * other`. Shapes broadcast and dtypes are promoted; either may be a number.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.add.html
 * @example add(tensor([1, 2]), 10, { alpha: 2 }) // tensor([21., 22.])
 */
export function add(x: Tensor | number, other: Tensor | number, options?: { readonly alpha?: number }): Tensor {
  if (arguments.length > 3) throw surplusArguments("add(x, other, options?)", arguments.length);
  if (options === undefined) return addPlain(x, other);
  checkOptions("add", options, ALPHA);
  return addPlain(x, scaled("add", x, other, options.alpha));
}

/**
 * `x - alpha * other`. Shapes broadcast and dtypes are promoted; bools are refused. Either may be a number.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sub.html
 * @example sub(tensor([1, 2]), tensor([3, 5])) // tensor([-2., -3.])
 */
export function sub(x: Tensor | number, other: Tensor | number, options?: { readonly alpha?: number }): Tensor {
  if (arguments.length > 3) throw surplusArguments("sub(x, other, options?)", arguments.length);
  if (options === undefined) return subPlain(x, other);
  checkOptions("sub", options, ALPHA);
  return subPlain(x, scaled("sub", x, other, options.alpha));
}

function scaled(op: string, x: Tensor | number, other: Tensor | number, alpha = 1): Tensor | number {
  if (alpha === 1) return other;
  checkOperand(op, x, "input", 1);
  checkOperand(op, other);
  checkNumber(op, alpha, "alpha", 3);
  const whole = [x, other].every((side) => (isTensor(side) ? !isFloat(side.dtype) : Number.isInteger(Number(side))));
  if (whole && !Number.isInteger(Number(alpha))) {
    const rule = "For integral input tensors, argument alpha must not be a floating point number.";
    throw new ValueError(op, rule, `alpha is ${alpha}`);
  }
  if (!isTensor(other)) return other * alpha;
  if (isTensor(x)) onOneDevice(op, [x, other]);
  return mul(other, alpha);
}

/**
 * `x * other`. Shapes broadcast and dtypes are promoted; either may be a number.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.mul.html
 * @example mul(tensor([1, 2]), 3) // tensor([3., 6.])
 */
export const mul = binary("mul", {
  kernel: "mul",
  numberFirst: "always",
  step: "mul",
  dx: (grad, saved) => mul(grad, otherOf(saved)),
  dy: (grad, saved) => mul(grad, saved.input(0)),
});

const divTrue = binary("div", {
  kernel: "div",
  numberFirst: "always",
  float: true,
  step: "div",
  dx: (grad, saved) => divTrue(grad, otherOf(saved)),
  dy: (grad, saved) => neg(mul(grad, divTrue(divTrue(saved.input(0), saved.input(1)), saved.input(1)))),
});

/** A number that whole numbers cannot be divided by. Of tensors, the devices that read them look for zeros. */
function refuseZero(op: string, other: Tensor | number, dtype: DType): void {
  if (isFloat(dtype) || isTensor(other) || castScalar(other, dtype) !== 0) return;
  throw zeroDivision(op);
}

/** The gradient of what is constant but for its jumps. */
function flat(grad: Tensor): Tensor {
  return expand(constant(grad.device, 0, grad.dtype), grad.shape);
}

const divFloor = binary("floorDivide", {
  kernel: "floorDivide",
  numberFirst: "always",
  check: (_x, other, dtype) => refuseZero("div", other, dtype),
  dx: flat,
  dy: flat,
});

const divTruncOp = defineOp<number | undefined>("divTrunc", {
  forward([x, y], number) {
    const quotient = divTrue(x as Tensor, y ?? (number as number));
    return mul(floor(abs(quotient)), sign(quotient));
  },
  backward: (grad, { shapes, needs }) =>
    shapes.map((shape, i) => (needs[i] === true ? expand(constant(grad.device, 0, grad.dtype), shape) : null)),
});

function divTrunc(x: Tensor, other: Tensor | number): Tensor {
  return isTensor(other) ? divTruncOp([x, other], undefined) : divTruncOp([x], other);
}

/**
 * `x / other`. Shapes broadcast; either may be a number. The result is a float; with `roundingMode` "floor" or "trunc" the quotient is rounded, and integers
 * stay integers.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.div.html
 * @example div(tensor([7, -7]), 2, { roundingMode: "floor" }) // tensor([ 3., -4.])
 */
export function div(
  x: Tensor | number,
  other: Tensor | number,
  options?: { readonly roundingMode?: "floor" | "trunc" },
): Tensor {
  if (arguments.length > 3) throw surplusArguments("div(x, other, options?)", arguments.length);
  if (options === undefined) return divTrue(x, other);
  checkOptions("div", options, ["roundingMode"]);
  const { roundingMode } = options;
  if (roundingMode !== undefined && roundingMode !== "floor" && roundingMode !== "trunc") {
    throw new ValueError(
      "div",
      `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${roundingMode}'`,
    );
  }
  if (roundingMode === undefined) return divTrue(x, other);
  return rounded(isTensor(x) ? x : numberAsScalar("div", x, other), other, roundingMode);
}

function rounded(x: Tensor, other: Tensor | number, roundingMode: "floor" | "trunc"): Tensor {
  checkOperand("div", other);
  if (roundingMode === "floor") return divFloor(x, other);
  if (isFloat(meetingType(x, other))) return divTrunc(x, other);
  // Towards zero is up where the quotient is negative and something remains.
  const quotient = divFloor(x, other);
  return add(quotient, cast(logicalAnd(lt(quotient, 0), ne(remainder(x, other), 0)), quotient.dtype));
}

/**
 * The remainder of `x / other`, with the sign of `other`, as Python's `%`. Shapes broadcast and dtypes are promoted; either may be a
 * number.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.remainder.html
 * @example remainder(tensor([-3, 3]), 2) // tensor([1., 1.])
 */
export const remainder = binary("remainder", {
  kernel: "remainder",
  numberFirst: "beside a tensor",
  check: (_x, other, dtype) => refuseZero("remainder", other, dtype),
  dx: (grad) => grad,
  dy: (grad, saved) => neg(mul(grad, divFloor(saved.input(0), saved.input(1)))),
});

// Where both are equal, each gets half of the gradient, and where one is NaN, each the whole, as in PyTorch.
function shareOfGreater(grad: Tensor, mine: Tensor, other: Tensor): Tensor {
  const whole = where(lt(mine, other), 0, grad);
  return where(eq(mine, other), divTrue(grad, 2), whole);
}

/**
 * The larger of two elements. Shapes broadcast and dtypes are promoted; NaN wins, and equals share the gradient. For a number there is
 * `clampMin`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.maximum.html
 * @example maximum(tensor([1, 4]), tensor([3, 2])) // tensor([3., 4.])
 */
export const maximum: (x: Tensor, other: Tensor) => Tensor = binary("maximum", {
  kernel: "maximum",
  tensorsOnly: true,
  dx: (grad, saved) => shareOfGreater(grad, saved.input(0), saved.input(1)),
  dy: (grad, saved) => shareOfGreater(grad, saved.input(1), saved.input(0)),
});

/**
 * The smaller of two elements. Shapes broadcast and dtypes are promoted; NaN wins, and equals share the gradient. For a number there is
 * `clampMax`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.minimum.html
 * @example minimum(tensor([1, 4]), tensor([3, 2])) // tensor([1., 2.])
 */
export const minimum: (x: Tensor, other: Tensor) => Tensor = binary("minimum", {
  kernel: "minimum",
  tensorsOnly: true,
  dx: (grad, saved) => shareOfGreater(grad, neg(saved.input(0)), neg(saved.input(1))),
  dy: (grad, saved) => shareOfGreater(grad, neg(saved.input(1)), neg(saved.input(0))),
});

/** Refuses what no whole number can be raised to. */
function checkExponent(exponent: number, dtype: DType): void {
  if (exponent >= 0) {
    checkConvertible("pow", exponent, dtype);
    return;
  }
  throw new ValueError(
    "pow",
    "Integers to negative integer powers are not allowed.",
    `the exponent is ${exponent}`,
    'Convert to float first: x.to("float32").',
  );
}

const powKernel = binary("pow", {
  kernel: "pow",
  check(_x, other, dtype) {
    if (!isFloat(dtype) && !isTensor(other)) checkExponent(other, dtype);
  },
  dx(grad, saved) {
    const x = saved.input(0);
    const exponent = otherOf(saved);
    if (!isTensor(exponent)) return exponent === 0 ? mul(grad, 0) : mul(grad, mul(pow(x, exponent - 1), exponent));
    const slope = mul(exponent, pow(x, sub(exponent, 1)));
    return where(eq(exponent, 0), 0, mul(grad, slope));
  },
  dy(grad, saved) {
    const [x, exponent] = [saved.input(0), saved.input(1)];
    const flat = logicalAnd(eq(x, 0), ge(exponent, 0));
    // The gradient is outside: where it is NaN, as in a second derivative beside 0, NaN it stays, as in PyTorch.
    return mul(grad, where(flat, 0, mul(saved.output, log(x))));
  },
});

/**
 * `x ** exponent`. Shapes broadcast and dtypes are promoted; either may be a number. The common powers are products, quotients and roots, as in PyTorch.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.pow.html
 * @example pow(tensor([1, 2, 3]), 2) // tensor([1., 4., 9.])
 */
export function pow(x: Tensor | number, exponent: Tensor | number): Tensor {
  if (arguments.length > 2) throw surplusArguments("pow(x, exponent)", arguments.length);
  if (!isTensor(x)) {
    if (!isTensor(exponent)) checkTensor("pow", x);
    return pow(numberAsScalar("pow", x, exponent), exponent);
  }
  checkOperand("pow", exponent, "exponent", 2);
  if (!isTensor(exponent) && isFloat(x.dtype)) {
    if (exponent === 2) return square(x);
    if (exponent === 3) return mul(square(x), x);
    if (exponent === 0.5) return sqrt(x);
    if (exponent === -0.5) return rsqrt(x);
    if (exponent === -1) return reciprocal(x);
    if (exponent === -2) return reciprocal(square(x));
  }
  return isNarrow(meetingType(x, exponent))
    ? powOfBytes(x, exponent, meetingType(x, exponent))
    : powKernel(x, exponent);
}

/** By squaring, bit after bit of the exponent: products of bytes wrap, as PyTorch's do. */
function powOfBytes(x: Tensor, exponent: Tensor | number, dtype: DType): Tensor {
  if (isTensor(exponent)) onOneDevice("pow", [x, exponent]);
  else checkExponent(exponent, dtype);
  let square = cast(x, dtype);
  let rest = isTensor(exponent) ? cast(exponent, dtype) : exponent;
  let result = constant(x.device, 1, dtype);
  for (let bit = 0; bit < 8 * bytesPerElement(dtype); bit++) {
    if (isTensor(rest)) {
      result = where(eq(remainder(rest, 2), 1), mul(result, square), result);
      rest = divFloor(rest, 2);
    } else {
      if (rest % 2 === 1) result = mul(result, square);
      rest = Math.floor(rest / 2);
    }
    square = mul(square, square);
  }
  return expand(result, broadcastShapes("pow", x.shape, isTensor(exponent) ? exponent.shape : []));
}

/**
 * `-x`. Keeps the dtype. Bools are refused.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.neg.html
 * @example neg(tensor([1, -2])) // tensor([-1.,  2.])
 */
export const neg = unary("neg", {
  kernel: "neg",
  dx: (grad) => neg(grad),
  check(x) {
    if (x.dtype !== "bool") return;
    throw new DTypeError(
      "neg",
      "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
      "",
      "Here: logicalNot().",
    );
  },
});

/**
 * `e ** x`. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.exp.html
 * @example exp(tensor([0, 1])) // tensor([1.0000, 2.7183])
 */
export const exp = unary("exp", { kernel: "exp", float: true, dx: (grad, { output }) => mul(grad, output) });
/**
 * `e ** x - 1`, exact where `x` is small. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.expm1.html
 * @example expm1(tensor([0, 1e-5])) // tensor([0.0000e+00, 1.0000e-05])
 */
export const expm1 = unary("expm1", {
  kernel: "expm1",
  float: true,
  dx: (grad, { output }) => mul(grad, add(output, 1)),
});
/**
 * The natural logarithm; NaN below 0. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.log.html
 * @example log(tensor([1, 10])) // tensor([0.0000, 2.3026])
 */
export const log = unary("log", { kernel: "log", float: true, dx: (grad, saved) => divTrue(grad, saved.input(0)) });
/**
 * `log(1 + x)`, exact where `x` is small. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.log1p.html
 * @example log1p(tensor([0, 1e-5])) // tensor([0.0000e+00, 9.9999e-06])
 */
export const log1p = unary("log1p", {
  kernel: "log1p",
  float: true,
  dx: (grad, saved) => divTrue(grad, add(saved.input(0), 1)),
});
/**
 * The square root; NaN below 0. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sqrt.html
 * @example sqrt(tensor([4, 2])) // tensor([2.0000, 1.4142])
 */
export const sqrt = unary("sqrt", {
  kernel: "sqrt",
  float: true,
  dx: (grad, { output }) => divTrue(grad, mul(output, 2)),
});
/**
 * `1 / sqrt(x)`. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.rsqrt.html
 * @example rsqrt(tensor([4, 2])) // tensor([0.5000, 0.7071])
 */
export const rsqrt = unary("rsqrt", {
  kernel: "rsqrt",
  float: true,
  dx: (grad, { output }) => mul(grad, mul(mul(square(output), output), -0.5)),
});
/**
 * `x * x`. Keeps the dtype, but for bools, which become integers.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.square.html
 * @example square(tensor([1, -3])) // tensor([1., 9.])
 */
export const square = unary("square", {
  kernel: "square",
  countsBools: true,
  dx: (grad, saved) => mul(grad, mul(saved.input(0), 2)),
});
/**
 * `1 / x`. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.reciprocal.html
 * @example reciprocal(tensor([2, 4])) // tensor([0.5000, 0.2500])
 */
export const reciprocal = unary("reciprocal", {
  kernel: "reciprocal",
  float: true,
  dx: (grad, { output }) => neg(mul(grad, square(output))),
});
/**
 * `|x|`; the slope at 0 is 0. Keeps the dtype. Bools are refused.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.abs.html
 * @example abs(tensor([-1.5, 2])) // tensor([1.5000, 2.0000])
 */
export const abs = unary("abs", {
  kernel: "abs",
  dx: (grad, saved) => mul(grad, sign(saved.input(0))),
  check(x) {
    if (x.dtype === "bool") throw new DTypeError("abs", "\"abs_cpu\" not implemented for 'Bool'");
  },
});
/**
 * -1, 0 or 1; 0 for NaN. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sign.html
 * @example sign(tensor([-3, 0, 2])) // tensor([-1.,  0.,  1.])
 */
export const sign = unary("sign", { kernel: "sign", dx: flat });
/**
 * The sine of `x` in radians. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sin.html
 * @example sin(tensor([0, 1])) // tensor([0.0000, 0.8415])
 */
export const sin = unary("sin", { kernel: "sin", float: true, dx: (grad, saved) => mul(grad, cos(saved.input(0))) });
/**
 * The cosine of `x` in radians. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cos.html
 * @example cos(tensor([0, 1])) // tensor([1.0000, 0.5403])
 */
export const cos = unary("cos", {
  kernel: "cos",
  float: true,
  dx: (grad, saved) => neg(mul(grad, sin(saved.input(0)))),
});
/**
 * The inverse of the tangent, in radians. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.atan.html
 * @example atan(tensor([0, 1])) // tensor([0.0000, 0.7854])
 */
export const atan = unary("atan", {
  kernel: "atan",
  float: true,
  dx(grad, saved) {
    const x = saved.input(0);
    // Not square(x), whose derivative 2x goes beyond the largest float32 where this one is 0.
    return divTrue(grad, add(mul(x, x), 1));
  },
});

/**
 * The error function, `2 / sqrt(π) ∫ exp(-t²) dt` from 0 to `x`. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.erf.html
 * @example erf(tensor([0, 0.5])) // tensor([0.0000, 0.5205])
 */
export const erf = unary("erf", {
  kernel: "erf",
  float: true,
  dx: (grad, saved) => mul(grad, mul(exp(neg(square(saved.input(0)))), 2 / Math.sqrt(Math.PI))),
});
/**
 * The largest integer that is not above `x`. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.floor.html
 * @example floor(tensor([1.5, -1.5])) // tensor([ 1., -2.])
 */
export const floor = unary("floor", { kernel: "floor", keepsIntegers: true, dx: flat });
/**
 * The smallest integer that is not below `x`. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.ceil.html
 * @example ceil(tensor([1.5, -1.5])) // tensor([ 2., -1.])
 */
export const ceil = unary("ceil", { kernel: "ceil", keepsIntegers: true, dx: flat });
const roundPlain = unary("round", { kernel: "round", keepsIntegers: true, dx: flat });

const roundTo = defineOp<number>("roundDecimals", {
  forward([x], decimals) {
    const power = 10 ** Math.abs(decimals);
    const [there, back] = decimals < 0 ? [divTrue, mul] : [mul, divTrue];
    return back(roundPlain(there(x as Tensor, power)), power);
  },
  backward: (grad) => [flat(grad)],
  gradName: () => "RoundBackward1",
});

/**
 * The nearest integer, halves to the even one; with `decimals`, the nearest number with as many digits after the point, or before it where
 * negative. Keeps the dtype; integers have no decimals.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.round.html
 * @example round(tensor([0.5, 1.5, 2.4])) // tensor([0., 2., 2.])
 */
export function round(x: Tensor, options?: { readonly decimals?: number }): Tensor {
  if (arguments.length > 2) throw surplusArguments("round(x, options?)", arguments.length);
  checkTensor("round", x);
  if (options === undefined) return roundPlain(x);
  checkOptions("round", options, ["decimals"]);
  const { decimals } = options;
  if (decimals === undefined) return roundPlain(x);
  checkInt("round", decimals, "decimals", 2);
  if (!isFloat(x.dtype)) {
    const kernel = decimals === 0 ? "round_vml_cpu" : "round_cpu";
    throw new DTypeError(
      "round",
      `"${kernel}" not implemented for '${scalarTypeName(x.dtype)}'`,
      "",
      "Round it without decimals.",
    );
  }
  return decimals === 0 ? roundPlain(x) : roundTo([x], decimals);
}

function oneMinus(x: Tensor): Tensor {
  return sub(constant(x.device, 1, x.dtype), x);
}

/**
 * `1 / (1 + exp(-x))`. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.sigmoid.html
 * @example sigmoid(tensor([0, 2])) // tensor([0.5000, 0.8808])
 */
export const sigmoid = unary("sigmoid", {
  kernel: "sigmoid",
  float: true,
  dx: (grad, { output }) => mul(grad, mul(output, oneMinus(output))),
});
/**
 * The hyperbolic tangent. Integers become the default dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.tanh.html
 * @example tanh(tensor([0, 1])) // tensor([0.0000, 0.7616])
 */
export const tanh = unary("tanh", {
  kernel: "tanh",
  float: true,
  dx: (grad, { output }) => mul(grad, oneMinus(square(output))),
});
/** 0 where `x` is at most 0, else 1. */
const step = unary("step", { kernel: "step" });

/**
 * `max(x, 0)`; the slope at 0 is 0. Keeps the dtype.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.relu.html
 * @example relu(tensor([-1, 2])) // tensor([0., 2.])
 */
export const relu = unary("relu", { kernel: "relu", dx: (grad, { output }) => mul(grad, step(output)) });
