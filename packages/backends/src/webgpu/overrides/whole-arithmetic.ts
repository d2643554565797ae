import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, sizeOf } from "../compute.ts";

// Whole numbers computed as such. The backend's shaders compute with floats, in which they are exact below 2^24 only (4.22,
// binary_op_util.js), and its remainder of whole numbers is a float's.

/** A kernel of two whole numbers, which broadcast: `body` gives its value of `a` and `b`. */
function binary(name: string, body: string, dtype: "bool" | "int32"): KernelOverride {
  return (device, inputs, attrs, outs) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    if (a.dtype === "float32" || b.dtype === "float32") return device.runNative(name, inputs, attrs);
    const { shape } = outs[0] as TensorSpec;
    const uniforms: Record<string, number> = {};
    shape.forEach((_, i) => {
      uniforms[`to${i}`] = sizeOf(shape.slice(i + 1));
      uniforms[`a${i}`] = stepOf(a.shape, i - shape.length);
      uniforms[`b${i}`] = stepOf(b.shape, i - shape.length);
    });
    const walk = shape.map(
      (_, i) => `let c${i} = rest / uniforms.to${i}; rest = rest % uniforms.to${i};
        atA += c${i} * uniforms.a${i}; atB += c${i} * uniforms.b${i};`,
    );
    const code = `
      fn valueOf(a : i32, b : i32) -> i32 { ${body} }
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        var rest = index;
        var atA = 0;
        var atB = 0;
        ${walk.join("\n")}
        result[index] = valueOf(left[atA], right[atB]);
      }`;
    return [compute(device, { inputs: { left: a, right: b }, shape, dtype, uniforms, code })];
  };
}

/** A kernel of one whole number: `value` is what becomes of `a`, as WGSL. */
function unary(name: string, value: string): KernelOverride {
  return (device, inputs, attrs) => {
    const { x } = inputs as { x: TensorInfo };
    if (x.dtype !== "int32") return device.runNative(name, inputs, attrs);
    const code = `
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let a = x[index];
        result[index] = ${value};
      }`;
    return [compute(device, { inputs: { x }, shape: x.shape, dtype: "int32", uniforms: {}, code })];
  };
}

/** How far apart neighbours along a dimension, counted from the end, are; 0 where one is there for all. */
function stepOf(shape: readonly number[], fromEnd: number): number {
  const dim = shape.length + fromEnd;
  return dim < 0 || shape[dim] === 1 ? 0 : sizeOf(shape.slice(dim + 1));
}

const truth = (condition: string): string => `return select(0, 1, ${condition});`;

export const abs = unary("Abs", "abs(a)");
export const neg = unary("Neg", "-a");
export const relu = unary("Relu", "max(a, 0)");
export const square = unary("Square", "a * a");
export const add = binary("Add", "return a + b;", "int32");
export const sub = binary("Sub", "return a - b;", "int32");
export const multiply = binary("Multiply", "return a * b;", "int32");
export const maximum = binary("Maximum", "return max(a, b);", "int32");
export const minimum = binary("Minimum", "return min(a, b);", "int32");
/** With the divisor's sign. */
export const mod = binary(
  "Mod",
  "let rest = a % b; return select(rest, rest + b, rest != 0 && (rest < 0) != (b < 0));",
  "int32",
);
/** Towards minus infinity. */
export const floorDiv = binary(
  "FloorDiv",
  "let quotient = a / b; return select(quotient, quotient - 1, a % b != 0 && (a < 0) != (b < 0));",
  "int32",
);
/** By squaring. As in PyTorch, a negative power is 0 but of 1 and -1. */
export const pow = binary(
  "Pow",
  `if (b < 0) {
     if (a != 1 && a != -1) { return 0; }
     return select(a, 1, (b & 1) == 0);
   }
   var power = 1;
   var square = a;
   for (var rest = b; rest > 0; rest = rest >> 1u) {
     if ((rest & 1) == 1) { power *= square; }
     square *= square;
   }
   return power;`,
  "int32",
);
export const equal = binary("Equal", truth("a == b"), "bool");
export const notEqual = binary("NotEqual", truth("a != b"), "bool");
export const less = binary("Less", truth("a < b"), "bool");
export const lessEqual = binary("LessEqual", truth("a <= b"), "bool");
export const greater = binary("Greater", truth("a > b"), "bool");
export const greaterEqual = binary("GreaterEqual", truth("a >= b"), "bool");
