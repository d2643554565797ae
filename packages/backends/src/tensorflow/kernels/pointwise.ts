import { zeroDivision } from "@kindling/core/device";
import { input, type Kernel, kernel, type TensorInfo } from "./kernel.ts";

/** Kernels of one operand that are one op, by the op's name where it differs. */
const UNARY: Readonly<Record<string, string>> = {
  Abs: "Abs",
  Acos: "Acos",
  Acosh: "Acosh",
  Asin: "Asin",
  Asinh: "Asinh",
  Atan: "Atan",
  Atanh: "Atanh",
  Ceil: "Ceil",
  Cos: "Cos",
  Cosh: "Cosh",
  Elu: "Elu",
  Erf: "Erf",
  Exp: "Exp",
  Expm1: "Expm1",
  Floor: "Floor",
  Identity: "Identity",
  IsFinite: "IsFinite",
  IsInf: "IsInf",
  IsNan: "IsNan",
  Log: "Log",
  Log1p: "Log1p",
  LogicalNot: "LogicalNot",
  Neg: "Neg",
  OnesLike: "OnesLike",
  Reciprocal: "Reciprocal",
  Relu: "Relu",
  Relu6: "Relu6",
  Round: "Round",
  Rsqrt: "Rsqrt",
  Selu: "Selu",
  Sigmoid: "Sigmoid",
  Sin: "Sin",
  Sinh: "Sinh",
  Softplus: "Softplus",
  Sqrt: "Sqrt",
  Square: "Square",
  Tan: "Tan",
  Tanh: "Tanh",
  ZerosLike: "ZerosLike",
};

/** Kernels of two operands `a` and `b`. */
const BINARY: Readonly<Record<string, string>> = {
  Add: "AddV2",
  Atan2: "Atan2",
  Equal: "Equal",
  Greater: "Greater",
  GreaterEqual: "GreaterEqual",
  Less: "Less",
  LessEqual: "LessEqual",
  LogicalAnd: "LogicalAnd",
  LogicalOr: "LogicalOr",
  Maximum: "Maximum",
  Minimum: "Minimum",
  Multiply: "Mul",
  NotEqual: "NotEqual",
  Pow: "Pow",
  RealDiv: "RealDiv",
  SquaredDifference: "SquaredDifference",
  Sub: "Sub",
};

const one = (op: string): Kernel => kernel((tf, inputs) => tf.op(op, [input(inputs, "x")]));
const two = (op: string): Kernel => kernel((tf, inputs) => tf.op(op, [input(inputs, "a"), input(inputs, "b")]));

const cast = kernel((tf, inputs, { dtype }) =>
  tf.op("Cast", [input(inputs, "x")], [tf.type("DstT", dtype === "uint8" ? "int32" : (dtype as string))]),
);

/** NaN has sign 0 in PyTorch and NaN in TensorFlow. */
const sign = kernel((tf, inputs) => {
  const x = input(inputs, "x");
  const signs = tf.op("Sign", [x]);
  if (x.dtype !== "float32") return signs;
  return tf.op("SelectV2", [tf.op("IsNan", [x]), tf.constants.float(0), signs]);
});

/** 1 above 0 and for NaN, `alpha` below. */
const step = kernel((tf, inputs, { alpha }) => {
  const x = input(inputs, "x");
  const above = tf.op("LogicalNot", [tf.op("LessEqual", [x, tf.constants.float(0)])]);
  const positive = tf.op("Cast", [above], [tf.type("DstT", "float32")]);
  if (alpha === undefined || alpha === 0) return positive;
  const negative = tf.op("Mul", [tf.op("Sub", [tf.constants.float(1), positive]), tf.constants.float(alpha as number)]);
  return tf.op("AddV2", [positive, negative]);
});

const leakyRelu = kernel((tf, inputs, { alpha }) =>
  tf.op("LeakyRelu", [input(inputs, "x")], [tf.real("alpha", alpha as number)]),
);

const clipByValue = kernel((tf, inputs, { clipValueMin, clipValueMax }) =>
  tf.op("ClipByValue", [
    input(inputs, "x"),
    tf.constants.float(clipValueMin as number),
    tf.constants.float(clipValueMax as number),
  ]),
);

/**
 * `a / b` rounded down: what is left over is taken off first, so that nothing but a rounding error is to be rounded. TensorFlow rounds the quotient
 * of floats.
 */
const floorDiv = kernel((tf, inputs) => {
  const [a, b] = [input(inputs, "a"), input(inputs, "b")];
  if (a.dtype !== "float32") return ofWhole("div", () => tf.op("FloorDiv", [a, b]));
  const zero = tf.constants.float(0);
  const rest = tf.op("TruncateMod", [a, b]);
  const near = tf.op("Round", [tf.op("RealDiv", [tf.op("Sub", [a, rest]), b])]);
  const signsDiffer = tf.op("NotEqual", [tf.op("Less", [rest, zero]), tf.op("Less", [b, zero])]);
  const isLess = tf.op("LogicalAnd", [tf.op("NotEqual", [rest, zero]), signsDiffer]);
  const below = tf.op("Sub", [near, tf.op("Cast", [isLess], [tf.type("DstT", "float32")])]);
  return tf.op("SelectV2", [tf.op("Equal", [b, zero]), tf.op("RealDiv", [a, b]), below]);
});

const mod = kernel((tf, inputs) =>
  ofWhole("remainder", () => tf.op("FloorMod", [input(inputs, "a"), input(inputs, "b")])),
);

/** Whole numbers divided by 0 are refused as they are elsewhere. */
function ofWhole(op: string, divide: () => TensorInfo): TensorInfo {
  try {
    return divide();
  } catch (error) {
    if (!String(error).includes("division by zero")) throw error;
    throw zeroDivision(op);
  }
}

const select = kernel((tf, inputs) =>
  tf.op("SelectV2", [input(inputs, "condition"), input(inputs, "t"), input(inputs, "e")]),
);

export const pointwise: Readonly<Record<string, Kernel>> = {
  ...Object.fromEntries(Object.entries(UNARY).map(([name, op]) => [name, one(op)])),
  ...Object.fromEntries(Object.entries(BINARY).map(([name, op]) => [name, two(op)])),
  Cast: cast,
  ClipByValue: clipByValue,
  FloorDiv: floorDiv,
  LeakyRelu: leakyRelu,
  Mod: mod,
  Select: select,
  Sign: sign,
  Step: step,
};
