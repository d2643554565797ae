import { castElements } from "../../../base/cast.ts";
import type { TypedArray } from "../../../base/dtype.ts";
import { checkExact, zeroDivision } from "../../../base/whole-numbers.ts";
import { type BinaryKernel, type KernelName, traits, type UnaryKernel } from "../../../device/kernels.ts";
import { wholePower } from "../integer-kernels.ts";
import { fillFromPairs } from "../paired-loops.ts";
import { powerOf } from "../power.ts";
import { floorQuotientOf, remainderOf } from "../quotient-kernels.ts";
import { type ArrayKernel, room } from "./elements.ts";
import { erf } from "./erf.ts";

/** Halves go to the even neighbour. */
function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

type Unary = Exclude<UnaryKernel, "cast">;
/** Kernels that JavaScript has under the same name. */
type OfMath = Extract<Unary, keyof typeof Math>;

/** All others. One that is missing does not compile. */
const unaryFunctions: { readonly [K in Exclude<Unary, OfMath>]: (x: number) => number } = {
  erf,
  isfinite: (x) => Number(Number.isFinite(x)),
  isinf: (x) => Number(Math.abs(x) === Number.POSITIVE_INFINITY),
  isnan: (x) => Number(Number.isNaN(x)),
  logicalNot: (x) => Number(x === 0),
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(x, 0),
  rsqrt: (x) => 1 / Math.sqrt(x),
  sigmoid,
  square: (x) => x * x,
  step: (x) => (x <= 0 ? 0 : 1),
};

/** Not as JavaScript's of the same name. */
const ownFunctions: { readonly [K in Unary]?: (x: number) => number } = {
  round: roundToEven,
  sign: (x) => Math.sign(x) || 0,
};

function unaryFunction(kernel: Unary): (x: number) => number {
  const all: Readonly<Record<string, unknown>> = unaryFunctions;
  const own = ownFunctions[kernel] ?? all[kernel];
  return (own ?? Math[kernel as OfMath]) as (x: number) => number;
}

const binaryFunctions: { readonly [K in BinaryKernel]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  div: (a, b) => a / b,
  eq: (a, b) => Number(a === b),
  floorDivide: floorQuotientOf,
  ge: (a, b) => Number(a >= b),
  gt: (a, b) => Number(a > b),
  le: (a, b) => Number(a <= b),
  logicalAnd: (a, b) => Number(a !== 0 && b !== 0),
  logicalOr: (a, b) => Number(a !== 0 || b !== 0),
  lt: (a, b) => Number(a < b),
  maximum: Math.max,
  minimum: Math.min,
  mul: (a, b) => a * b,
  ne: (a, b) => Number(a !== b),
  pow: powerOf,
  remainder: remainderOf,
  sub: (a, b) => a - b,
};

const isUnary = (name: KernelName): name is Unary =>
  traits[name] === "pointwise" &&
  (Object.hasOwn(unaryFunctions, name) || (Object.hasOwn(Math, name) && !Object.hasOwn(binaryFunctions, name)));

const unaryNames = (Object.keys(traits) as KernelName[]).filter(isUnary);

/** The results of a kernel over `int64`: none is beyond what doubles hold exactly, and none is a negative zero. */
export function checkWhole(op: string, out: TypedArray): void {
  for (let i = 0; i < out.length; i++) out[i] = checkExact(op, out[i] as number) + 0;
}

const unary = (kernel: Unary): ArrayKernel<"abs"> => {
  const of = unaryFunction(kernel);
  return ({ x: { data } }, _attrs, [out]) => {
    const result = room(out);
    for (let i = 0; i < result.length; i++) result[i] = of(data[i] as number);
    if (out?.dtype === "int64") checkWhole(kernel, result);
    return [result];
  };
};

/** Of whole numbers. */
const ofIntegers: { readonly [K in BinaryKernel]?: (a: number, b: number) => number } = {
  pow: (a, b) => wholePower(a, b, (x, y) => checkExact("pow", x * y)),
};

const binary = (kernel: BinaryKernel): ArrayKernel<"add"> => {
  const of = binaryFunctions[kernel];
  const ofWhole = ofIntegers[kernel] ?? of;
  const divides = kernel === "floorDivide" || kernel === "remainder";
  return ({ a, b }, _attrs, [out]) => {
    const result = room(out);
    const whole = out?.dtype === "int64";
    if (whole && divides && b.data.includes(0)) throw zeroDivision(kernel === "remainder" ? "remainder" : "div");
    fillFromPairs(result, out?.shape ?? [], a, b, whole ? ofWhole : of);
    if (whole) checkWhole(kernel, result);
    return [result];
  };
};

const where: ArrayKernel<"where"> = ({ condition, a, b }, _attrs, [out]) => {
  const result = room(out);
  for (let i = 0; i < result.length; i++) {
    result[i] = (condition.data[i] !== 0 ? a.data[i] : b.data[i]) as number;
  }
  return [result];
};

type Named<N extends string, T> = { readonly [K in N]: T };

function each<N extends string, T>(names: readonly N[], make: (name: N) => T): Named<N, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Named<N, T>;
}

export const pointwise = {
  ...each(unaryNames, unary),
  ...each(Object.keys(binaryFunctions) as BinaryKernel[], binary),
  cast: (({ x }, _attrs, [out]) => [castElements(x.data, x.dtype, out?.dtype ?? x.dtype)]) as ArrayKernel<"cast">,
  where,
};
