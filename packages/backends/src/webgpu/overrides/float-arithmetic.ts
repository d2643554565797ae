import type { BinaryKernel, KernelOverride, TensorSpec } from "@kindling/core/device";
import { computePairs, wholeFloorDivide, wholePow, wholeRemainder } from "./whole-arithmetic.ts";

// Quotients rounded down and powers of floats; those of whole numbers stand beside them.

function binary(whole: KernelOverride<BinaryKernel>, body: string, helper = ""): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) =>
    a.dtype === "float32" && b.dtype === "float32"
      ? [computePairs(device, { a, b }, outs[0] as TensorSpec, "float32", body, helper)]
      : whole(device, { a, b }, attrs, outs);
}

/**
 * The remainder and the quotient of two positive finite numbers by long division, bit by bit: GPUs round quotients, and every difference here is
 * exact.
 */
const DIVISION = `fn dividedBy(a : f32, size : f32) -> vec2<f32> {
  var rest = a;
  var quotient = 0.0;
  var part = size;
  for (var i = 0; i < 280 && part <= rest * 0.5; i++) { part *= 2.0; }
  for (var i = 0; i < 280 && part >= size; i++) {
    quotient *= 2.0;
    if (rest >= part) {
      rest -= part;
      quotient += 1.0;
    }
    part *= 0.5;
  }
  return vec2<f32>(rest, quotient);
}`;

/** With the divisor's sign. The backend's rounds the quotient, and is NaN for an infinite divisor (4.22, binary_op_util.js). */
export const remainder = binary(
  wholeRemainder,
  `if (isnan(a) || isnan(b) || b == 0.0 || abs(a) == uniforms.INFINITY) { return uniforms.NAN; }
   let size = abs(b);
   var rest = abs(a);
   if (size != uniforms.INFINITY) { rest = dividedBy(rest, size).x; }
   if (a < 0.0) { rest = -rest; }
   if (rest != 0.0 && (rest < 0.0) != (b < 0.0)) { return rest + b; }
   return rest;`,
  DIVISION,
);

/** `a / b` rounded down. The backend rounds the quotient (4.22, binary_op_util.js). */
export const floorDivide = binary(
  wholeFloorDivide,
  `if (isnan(a) || isnan(b) || abs(a) == uniforms.INFINITY) { return uniforms.NAN; }
   let negative = (a < 0.0) != (b < 0.0);
   if (b == 0.0) {
     if (a == 0.0) { return uniforms.NAN; }
     return select(uniforms.INFINITY, -uniforms.INFINITY, negative);
   }
   let size = abs(b);
   var found = vec2<f32>(abs(a), 0.0);
   if (size != uniforms.INFINITY) { found = dividedBy(abs(a), size); }
   if (!negative) { return found.y; }
   return select(-found.y, -found.y - 1.0, found.x != 0.0);`,
  DIVISION,
);

/** C's `pow`. The backend's is NaN wherever an operand is (4.22, binary_op_util.js): 1 to the power of NaN is 1. */
export const pow = binary(
  wholePow,
  `if (a == 1.0 || b == 0.0) { return 1.0; }
   if (isnan(a) || isnan(b)) { return uniforms.NAN; }
   let size = abs(a);
   if (abs(b) == uniforms.INFINITY) {
     if (size == 1.0) { return 1.0; }
     return select(0.0, uniforms.INFINITY, (size > 1.0) == (b > 0.0));
   }
   let isWhole = floor(b) == b;
   let isOdd = isWhole && abs(b) < 16777216.0 && fract(b * 0.5) != 0.0;
   if (a < 0.0 && size != uniforms.INFINITY && !isWhole) { return uniforms.NAN; }
   var value = pow(size, b);
   if (size == 0.0 || size == uniforms.INFINITY) { value = select(uniforms.INFINITY, 0.0, (size == 0.0) == (b > 0.0)); }
   return select(value, -value, a < 0.0 && isOdd);`,
);
