import type { BinaryKernel, KernelOverride, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute } from "../compute.ts";

/** A kernel of two numbers, which broadcast: `body` gives its value of `a` and `b`. */
function binary(body: string, helper = ""): KernelOverride<BinaryKernel> {
  return (device, { a, b }, _attrs, outs) => {
    const { shape } = outs[0] as TensorSpec;
    const code = `
      ${helper}
      float valueOf(float a, float b) { ${body} }
      float valueAt(int index) {
        return valueOf(getLeft(${place(a.shape, shape)}), getRight(${place(b.shape, shape)}));
      }`;
    return [compute(device, { inputs: { left: a, right: b }, shape, dtype: a.dtype, code })];
  };
}

/** Where element `index` of a result of the shape `to` comes from, as GLSL. */
function place(from: readonly number[], to: readonly number[]): string {
  if (numel(from) === numel(to)) return "index";
  const terms = from.flatMap((size, dim) => {
    const stride = numel(from.slice(dim + 1));
    const outer = numel(to.slice(to.length - from.length + dim + 1));
    return size === 1 ? [] : [`(index / ${outer} % ${size}) * ${stride}`];
  });
  return terms.join(" + ") || "0";
}

/** The backend takes 1 for what is divided by its like, 0 and infinity included (4.22, RealDiv.js). */
export const div = binary("return a / b;");

/**
 * The remainder and the quotient of two positive finite numbers by long division, bit by bit: GPUs round quotients, and every difference here is
 * exact.
 */
const DIVISION = `vec2 dividedBy(float a, float size) {
  float rest = a;
  float quotient = 0.0;
  float part = size;
  for (int i = 0; i < 280 && part <= rest * 0.5; i++) part *= 2.0;
  for (int i = 0; i < 280 && part >= size; i++) {
    quotient *= 2.0;
    if (rest >= part) {
      rest -= part;
      quotient += 1.0;
    }
    part *= 0.5;
  }
  return vec2(rest, quotient);
}`;

/**
 * With the divisor's sign, as Python's. The backend's rounds the quotient, and is NaN for an infinite divisor (4.22, Mod.js).
 */
export const remainder = binary(
  `
  if (isnan(a) || isnan(b) || b == 0.0 || abs(a) == INFINITY) return NAN;
  float size = abs(b);
  float rest = size == INFINITY ? abs(a) : dividedBy(abs(a), size).x;
  if (a < 0.0) rest = -rest;
  return rest != 0.0 && (rest < 0.0) != (b < 0.0) ? rest + b : rest;`,
  DIVISION,
);

/** `a / b` rounded down. The backend rounds the quotient of floats (4.22, FloorDiv.js). */
export const floorDivide: KernelOverride<BinaryKernel> = (device, { a, b }, attrs, outs) =>
  a.dtype === "float32"
    ? floorOfFloats(device, { a, b }, attrs, outs)
    : device.runNative("floorDivide", { a, b }, attrs, outs);

const floorOfFloats = binary(
  `
  if (isnan(a) || isnan(b) || abs(a) == INFINITY && abs(b) == INFINITY) return NAN;
  bool negative = (a < 0.0) != (b < 0.0);
  if (abs(a) == INFINITY) return NAN;
  if (b == 0.0) return a == 0.0 ? NAN : negative ? -INFINITY : INFINITY;
  float size = abs(b);
  vec2 found = size == INFINITY ? vec2(abs(a), 0.0) : dividedBy(abs(a), size);
  return negative ? -found.y - (found.x != 0.0 ? 1.0 : 0.0) : found.y;`,
  DIVISION,
);

/** C's `pow`. The backend's is NaN wherever an operand is (4.22, Pow.js): 1 to the power of NaN is 1. */
export const pow: KernelOverride<BinaryKernel> = (device, { a, b }, attrs, outs) =>
  a.dtype === "float32" ? powOfFloats(device, { a, b }, attrs, outs) : device.runNative("pow", { a, b }, attrs, outs);

const powOfFloats = binary(`
  if (a == 1.0 || b == 0.0) return 1.0;
  if (isnan(a) || isnan(b)) return NAN;
  float size = abs(a);
  if (abs(b) == INFINITY) return size == 1.0 ? 1.0 : (size > 1.0) == (b > 0.0) ? INFINITY : 0.0;
  bool isWhole = floor(b) == b;
  bool isOdd = isWhole && abs(b) < 16777216.0 && fract(b * 0.5) != 0.0;
  if (a < 0.0 && size != INFINITY && !isWhole) return NAN;
  float value = size == 0.0 || size == INFINITY ? ((size == 0.0) == (b > 0.0) ? 0.0 : INFINITY) : pow(size, b);
  return a < 0.0 && isOdd ? -value : value;`);
