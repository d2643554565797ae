import type { TypedArray } from "../../base/dtype.ts";
import { numel, type Shape, stridesOf } from "../../base/shape.ts";
import type { BinaryKernel, UnaryKernel } from "../../device/kernels.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { writeValues } from "../tfjs/values.ts";

// Whole numbers as whole numbers. TensorFlow.js computes many of them in floats, which hold them up to 2^24 (on cpu in doubles, up to 2^53),
// and saturates where PyTorch wraps: results here are PyTorch's int64 modulo 2^32. These kernels run wherever the backend can be
// read without waiting; anything but `int32` is left to the backend.

function integers(device: TfjsRunner, { dataId }: TensorInfo): Int32Array {
  return device.backend.readSync(dataId) as Int32Array;
}

function written(device: TfjsRunner, values: TypedArray, shape: Shape): TensorInfo[] {
  return [{ dataId: writeValues(device.backend, values, shape, "int32"), shape: [...shape], dtype: "int32" }];
}

function unary(kernel: UnaryKernel, of: (x: number) => number): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "int32") return device.runNative(kernel, { x }, attrs, outs);
    return written(device, integers(device, x).map(of), x.shape);
  };
}

/** Where each element of the result finds its element in an operand of `shape`. */
function placesIn(shape: Shape, out: Shape): Int32Array {
  const strides = stridesOf(shape);
  let places = new Int32Array(1);
  for (const [i, size] of out.entries()) {
    const own = i - (out.length - shape.length);
    const step = own < 0 || shape[own] === 1 ? 0 : (strides[own] as number);
    const finer = new Int32Array(places.length * size);
    for (let j = 0; j < finer.length; j++) finer[j] = (places[Math.floor(j / size)] as number) + (j % size) * step;
    places = finer;
  }
  return places;
}

function binary(kernel: BinaryKernel, of: (a: number, b: number) => number): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) => {
    if (a.dtype !== "int32" || b.dtype !== "int32") return device.runNative(kernel, { a, b }, attrs, outs);
    const shape = outs[0]?.shape ?? [];
    const [left, right] = [integers(device, a), integers(device, b)];
    const out = new Int32Array(numel(shape));
    if (left.length === out.length && right.length === out.length) {
      for (let i = 0; i < out.length; i++) out[i] = of(left[i] as number, right[i] as number);
    } else {
      const [atLeft, atRight] = [placesIn(a.shape, shape), placesIn(b.shape, shape)];
      for (let i = 0; i < out.length; i++) {
        out[i] = of(left[atLeft[i] as number] as number, right[atRight[i] as number] as number);
      }
    }
    return written(device, out, shape);
  };
}

/** `base ** exponent` by squaring; PyTorch gives 0 for a negative exponent, but for a base of 1 or -1. */
function integerPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let [result, square] = [1, base];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}

const prod: KernelOverride<"prod"> = (device, { x }, attrs, outs) => {
  const [axis, ...others] = attrs.dims;
  if (x.dtype !== "int32" || axis === undefined || others.length > 0) {
    return device.runNative("prod", { x }, attrs, outs);
  }
  const n = x.shape[axis] as number;
  const inner = numel(x.shape.slice(axis + 1));
  const data = integers(device, x);
  const shape = outs[0]?.shape ?? [];
  const out = new Int32Array(numel(shape)).fill(1);
  for (let i = 0; i < data.length; i++) {
    const at = Math.floor(i / (n * inner)) * inner + (i % inner);
    out[at] = Math.imul(out[at] as number, data[i] as number);
  }
  return written(device, out, shape);
};

const pad: KernelOverride<"pad"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return device.runNative("pad", { x }, attrs, outs);
  const shape = outs[0]?.shape ?? [];
  const strides = stridesOf(shape);
  const before = attrs.padding.map(([first]) => first);
  const start = before.reduce((sum, count, i) => sum + count * (strides[i] as number), 0);
  const out = new Int32Array(numel(shape)).fill(attrs.value);
  const width = x.shape.at(-1) ?? 1;
  const data = integers(device, x);
  // Row after row, each to where it begins in the larger one.
  const rows = x.shape.slice(0, -1);
  const inner = stridesOf(rows);
  for (let row = 0; row < numel(rows); row++) {
    let at = start;
    for (const [i, size] of rows.entries()) {
      at += (Math.floor(row / (inner[i] as number)) % size) * (strides[i] as number);
    }
    out.set(data.subarray(row * width, (row + 1) * width), at);
  }
  return written(device, out, shape);
};

/** Kernels that are exact for `int32`: a device takes those that its backend gets wrong. */
export const integerKernels = {
  abs: unary("abs", (x) => Math.abs(x)),
  floorDivide: binary("floorDivide", (a, b) => Math.floor(a / b)),
  mul: binary("mul", Math.imul),
  neg: unary("neg", (x) => -x),
  pad,
  pow: binary("pow", integerPower),
  prod,
  square: unary("square", (x) => Math.imul(x, x)),
} as const satisfies KernelOverrides;
