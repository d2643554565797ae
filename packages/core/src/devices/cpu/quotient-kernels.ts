import { allocate, type TypedArray } from "../../base/dtype.ts";
import { numel, type Shape } from "../../base/shape.ts";
import { held, zeroDivision } from "../../base/whole-numbers.ts";
import type { BinaryKernel } from "../../device/kernels.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import { writeValues } from "../tfjs/values.ts";
import { fillFromPairs } from "./paired-loops.ts";

// Quotients rounded down and what they leave, as Python has them. JavaScript's `%` is exact, as C's fmod is, which PyTorch builds them on;
// TensorFlow.js rounds the quotient first, so that 1 // 0.1 is 10, and its remainder for an infinite divisor is NaN (4.22, FloorDiv.js,
// Mod.js). These kernels run wherever the backend can be read without waiting.

/** The remainder with the sign of the divisor. */
export function remainderOf(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** `floor(a / b)`: what is left over is taken off first, so that nothing but a rounding error is to be rounded. */
export function floorQuotientOf(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  const quotient = Math.round((a - rest) / b);
  return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient;
}

function kernel(op: string, of: (a: number, b: number) => number): KernelOverride<BinaryKernel> {
  return (device, { a, b }, _attrs, outs) => {
    const shape: Shape = outs[0]?.shape ?? [];
    const dtype = a.dtype === "float32" ? "float32" : "int32";
    const out = allocate(dtype, numel(shape));
    const elements = ({ dataId, shape: own }: TensorInfo) => ({
      data: device.backend.readSync(dataId) as TypedArray,
      shape: own,
    });
    const [left, right] = [elements(a), elements(b)];
    if (dtype === "int32" && right.data.includes(0)) throw zeroDivision(op);
    const isWide = outs[0]?.dtype === "int64";
    fillFromPairs(out, shape, left, right, isWide ? (x, y) => held(op, of(x, y), device.name) : of);
    return [{ dataId: writeValues(device.backend, out, shape, dtype), shape: [...shape], dtype }];
  };
}

/** `floorDivide` and `remainder` as in Python, of floats and of whole numbers, which refuse to be divided by 0. */
export const quotientKernels = {
  floorDivide: kernel("div", floorQuotientOf),
  remainder: kernel("remainder", remainderOf),
} as const satisfies KernelOverrides;
