import type { BinaryKernel, Infos, KernelOverride, TensorSpec, TfjsRunner, UnaryKernel } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute } from "../compute.ts";

// Whole numbers computed as such. The backend's shaders compute with floats, in which they are exact below 2^24 only (4.22,
// binary_op_util.js), and its remainder of whole numbers is a float's.

/** A kernel of two whole numbers, which broadcast: `body` gives its value of `a` and `b`. */
function binary(name: BinaryKernel, body: string, dtype: "bool" | "int32"): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) =>
    a.dtype === "float32" || b.dtype === "float32"
      ? device.runNative(name, { a, b }, attrs, outs)
      : [computePairs(device, { a, b }, outs[0] as TensorSpec, dtype, body)];
}

/** The value that `body` gives of each `a` and `b`, which broadcast; both are of one kind, as the result is. */
export function computePairs(
  device: TfjsRunner,
  { a, b }: Infos<BinaryKernel>,
  { shape }: TensorSpec,
  dtype: "bool" | "int32" | "float32",
  body: string,
  helper = "",
): TensorInfo {
  const type = dtype === "float32" ? "f32" : "i32";
  const uniforms: Record<string, number> = {};
  shape.forEach((_, i) => {
    uniforms[`to${i}`] = numel(shape.slice(i + 1));
    uniforms[`a${i}`] = stepOf(a.shape, i - shape.length);
    uniforms[`b${i}`] = stepOf(b.shape, i - shape.length);
  });
  const walk = shape.map(
    (_, i) => `let c${i} = rest / uniforms.to${i}; rest = rest % uniforms.to${i};
        atA += c${i} * uniforms.a${i}; atB += c${i} * uniforms.b${i};`,
  );
  const code = `
      ${helper}
      fn valueOf(a : ${type}, b : ${type}) -> ${type} { ${body} }
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        var rest = index;
        var atA = 0;
        var atB = 0;
        ${walk.join("\n")}
        result[index] = valueOf(left[atA], right[atB]);
      }`;
  return compute(device, { inputs: { left: a, right: b }, shape, dtype, uniforms, code });
}

/** A kernel of one whole number: `value` is what becomes of `a`, as WGSL. */
function unary(name: UnaryKernel, value: string): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "int32") return device.runNative(name, { x }, attrs, outs);
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
  return dim < 0 || shape[dim] === 1 ? 0 : numel(shape.slice(dim + 1));
}

const truth = (condition: string): string => `return select(0, 1, ${condition});`;

export const abs = unary("abs", "abs(a)");
export const neg = unary("neg", "-a");
export const relu = unary("relu", "max(a, 0)");
export const square = unary("square", "a * a");
export const add = binary("add", "return a + b;", "int32");
export const sub = binary("sub", "return a - b;", "int32");
export const mul = binary("mul", "return a * b;", "int32");
export const maximum = binary("maximum", "return max(a, b);", "int32");
export const minimum = binary("minimum", "return min(a, b);", "int32");
/** With the divisor's sign. */
export const wholeRemainder = binary(
  "remainder",
  "let rest = a % b; return select(rest, rest + b, rest != 0 && (rest < 0) != (b < 0));",
  "int32",
);
/** Towards minus infinity. */
export const wholeFloorDivide = binary(
  "floorDivide",
  "let quotient = a / b; return select(quotient, quotient - 1, a % b != 0 && (a < 0) != (b < 0));",
  "int32",
);
/** By squaring. As in PyTorch, a negative power is 0 but of 1 and -1. */
export const wholePow = binary(
  "pow",
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
export const eq = binary("eq", truth("a == b"), "bool");
export const ne = binary("ne", truth("a != b"), "bool");
export const lt = binary("lt", truth("a < b"), "bool");
export const le = binary("le", truth("a <= b"), "bool");
export const gt = binary("gt", truth("a > b"), "bool");
export const ge = binary("ge", truth("a >= b"), "bool");
