import type { DType } from "@kindling/core";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { cast, choose } from "./conversion.ts";

// Whole numbers wrap, as PyTorch's do. A processor traps where a whole number is divided by 0, and where -2^31 is divided by -1 in
// 32 bits: divisions are made in 64, by what is never 0.

interface Division {
  readonly dividend: string;
  readonly divisor: string;
  readonly byZero: string;
  readonly dtype: DType;
}

function division(graph: GraphBuilder, a: Value, b: Value): Division {
  const wide = cast(graph, b, "int64");
  const byZero = graph.node("Equal", [wide, graph.wholeScalar(0)]);
  return {
    dividend: cast(graph, a, "int64"),
    divisor: choose(graph, byZero, graph.wholeScalar(1), wide),
    byZero,
    dtype: a.dtype,
  };
}

/** 0 where the divisor was 0, as on the cpu. */
function narrowed(graph: GraphBuilder, { byZero, dtype }: Division, result: string): string {
  return cast(graph, choose(graph, byZero, graph.wholeScalar(0), result), dtype);
}

/** `floor(a / b)`. ONNX rounds towards zero, and its `Mod` has the sign of the divisor: taking that off first leaves no remainder. */
export function floorDivide(graph: GraphBuilder, a: Value, b: Value): string {
  const parts = division(graph, a, b);
  const { dividend, divisor } = parts;
  const rest = graph.node("Mod", [dividend, divisor]);
  return narrowed(graph, parts, graph.node("Div", [graph.node("Sub", [dividend, rest]), divisor]));
}

/** The remainder with the sign of the divisor. */
export function integerRemainder(graph: GraphBuilder, a: Value, b: Value): string {
  const parts = division(graph, a, b);
  return narrowed(graph, parts, graph.node("Mod", [parts.dividend, parts.divisor]));
}

/** `a ** b` by squaring, bit after bit of the exponent; 0 for a negative one, but for a base of 1 or -1. */
export function integerPower(graph: GraphBuilder, a: Value, b: Value): string {
  const [zero, one, two] = [0, 1, 2].map((value) => graph.scalar(value, a.dtype)) as [string, string, string];
  let rest = graph.node("Max", [b, zero]);
  let square = graph.read(a);
  // Of the shape that both have together.
  let result = graph.node("Add", [
    graph.node("Mul", [a, zero]),
    graph.node("Add", [graph.node("Mul", [b, zero]), one]),
  ]);
  for (let bit = 0; bit < 31; bit++) {
    const isSet = graph.node("Equal", [graph.node("Mod", [rest, two]), one]);
    result = choose(graph, isSet, graph.node("Mul", [result, square]), result);
    rest = graph.node("Div", [rest, two]);
    square = graph.node("Mul", [square, square]);
  }
  const isOne = graph.node("Equal", [a, one]);
  const isMinusOne = graph.node("Equal", [a, graph.scalar(-1, a.dtype)]);
  const isOdd = graph.node("Equal", [graph.node("Mod", [b, two]), one]);
  const sign = choose(graph, isOdd, graph.scalar(-1, a.dtype), one);
  const small = choose(graph, isOne, one, choose(graph, isMinusOne, sign, zero));
  return choose(graph, graph.node("Less", [b, zero]), small, result);
}
