import type { BinaryKernel, UnaryKernel } from "@kindling/core/device";
import { isFloat } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { cast, choose, isWhole } from "./conversion.ts";
import { withBias } from "./convolution.ts";
import { floorDivide, integerPower, integerRemainder } from "./integers.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";

function binary(lower: (graph: GraphBuilder, a: Value, b: Value) => string): Lowering<BinaryKernel> {
  return single<BinaryKernel>((graph, { a, b }) => lower(graph, a, b));
}

function unary(lower: (graph: GraphBuilder, x: Value) => string): Lowering<UnaryKernel> {
  return single<UnaryKernel>((graph, { x }) => lower(graph, x));
}

const pairwise = (opType: string): Lowering<BinaryKernel> => binary((graph, a, b) => graph.node(opType, [a, b]));

function one(graph: GraphBuilder, { dtype }: Value): string {
  return graph.scalar(1, dtype);
}

/** `exp(x) - 1`, without loss where x is small: `2 t / (1 - t)` with `t = tanh(x / 2)`. */
function expm1(graph: GraphBuilder, x: Value): string {
  const half = graph.node("Mul", [x, graph.scalar(0.5, x.dtype)]);
  const t = graph.node("Tanh", [half]);
  const near = graph.node("Div", [graph.node("Add", [t, t]), graph.node("Sub", [one(graph, x), t])]);
  const far = graph.node("Sub", [graph.node("Exp", [x]), one(graph, x)]);
  const isNear = graph.node("Less", [graph.node("Abs", [x]), graph.scalar(0.5, x.dtype)]);
  return choose(graph, isNear, near, far);
}

/** `log(1 + x)`, without loss where x is small: what rounding took from `u = 1 + x` is put right by `x / (u - 1)` (Kahan). */
function log1p(graph: GraphBuilder, x: Value): string {
  const u = graph.node("Add", [x, one(graph, x)]);
  const taken = graph.node("Sub", [u, one(graph, x)]);
  const log = graph.node("Log", [u]);
  const mended = graph.node("Mul", [log, graph.node("Div", [x, taken])]);
  const tiny = graph.node("Equal", [u, one(graph, x)]);
  const huge = graph.node("Greater", [
    graph.node("Abs", [x]),
    graph.scalar(x.dtype === "float64" ? 1e17 : 1e8, x.dtype),
  ]);
  return choose(graph, tiny, x, choose(graph, huge, log, mended));
}

/** ONNX Runtime's own approximation goes up to `1 + 2^-22`: what is computed from `1 - tanh(x)^2` must not be NaN. */
function tanh(graph: GraphBuilder, x: Value): string {
  const near = graph.node("Tanh", [x]);
  if (graph.plain) return near;
  return graph.node("Max", [graph.node("Min", [near, one(graph, x)]), graph.scalar(-1, x.dtype)]);
}

/** `1 / (1 + exp(-x))`, as PyTorch has it: ONNX Runtime's own is 0 from -18 on, and beyond 1 before 18. */
function sigmoid(graph: GraphBuilder, x: Value): string {
  if (graph.plain) return graph.node("Sigmoid", [x]);
  const falling = graph.node("Exp", [graph.node("Neg", [x])]);
  return graph.node("Div", [one(graph, x), graph.node("Add", [falling, one(graph, x)])]);
}

/** The remainder with the sign of the divisor. */
function remainder(graph: GraphBuilder, a: Value, b: Value): string {
  const rest = graph.node("Mod", [a, b], { fmod: 1 });
  const zero = graph.scalar(0, b.dtype);
  const isSome = graph.node("Not", [graph.node("Equal", [rest, zero])]);
  const signsDiffer = graph.node("Xor", [graph.node("Less", [rest, zero]), graph.node("Less", [b, zero])]);
  return choose(graph, graph.node("And", [isSome, signsDiffer]), graph.node("Add", [rest, b]), rest);
}

/** `a / b` rounded down: what is left over is taken off first, so that nothing but a rounding error is to be rounded. */
function floorQuotient(graph: GraphBuilder, a: Value, b: Value): string {
  if (graph.plain) return graph.node("Floor", [graph.node("Div", [a, b])]);
  const zero = graph.scalar(0, b.dtype);
  const rest = graph.node("Mod", [a, b], { fmod: 1 });
  const near = graph.node("Round", [graph.node("Div", [graph.node("Sub", [a, rest]), b])]);
  const isSome = graph.node("Not", [graph.node("Equal", [rest, zero])]);
  const signsDiffer = graph.node("Xor", [graph.node("Less", [rest, zero]), graph.node("Less", [b, zero])]);
  const below = graph.node("Sub", [near, cast(graph, graph.node("And", [isSome, signsDiffer]), b.dtype)]);
  return choose(graph, graph.node("Equal", [b, zero]), graph.node("Div", [a, b]), below);
}

export const arithmetic = {
  add: binary((graph, a, b) => withBias(graph, a, b) ?? graph.node("Add", [a, b])),
  floorDivide: binary((graph, a, b) => (isWhole(a.dtype) ? floorDivide(graph, a, b) : floorQuotient(graph, a, b))),
  remainder: binary((graph, a, b) => (isWhole(a.dtype) ? integerRemainder(graph, a, b) : remainder(graph, a, b))),
  maximum: pairwise("Max"),
  minimum: pairwise("Min"),
  pow: binary((graph, a, b) => (isWhole(a.dtype) ? integerPower(graph, a, b) : graph.node("Pow", [a, b]))),
  expm1: unary(expm1),
  log1p: unary(log1p),
  // ONNX Runtime's own knows no int64.
  relu: unary((graph, x) =>
    x.dtype === "int64" ? graph.node("Max", [x, graph.scalar(0, x.dtype)]) : graph.node("Relu", [x]),
  ),
  rsqrt: unary((graph, x) => graph.node("Reciprocal", [graph.node("Sqrt", [x])])),
  square: unary((graph, x) => graph.node("Mul", [x, x])),
  sign: unary((graph, x) => {
    const sign = graph.node("Sign", [x]);
    return isFloat(x.dtype) && !graph.plain
      ? choose(graph, graph.node("IsNaN", [x]), graph.scalar(0, x.dtype), sign)
      : sign;
  }),
  sigmoid: unary(sigmoid),
  tanh: unary(tanh),
  step: unary((graph, x) => {
    const zero = graph.scalar(0, x.dtype);
    if (graph.plain) return cast(graph, graph.node("Greater", [x, zero]), x.dtype);
    return cast(graph, graph.node("Not", [graph.node("LessOrEqual", [x, zero])]), x.dtype);
  }),
} satisfies Partial<Lowerings>;
