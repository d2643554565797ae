import type { TypedArray } from "../../base/dtype.ts";
import { numel, reducedShape, type Shape, stridesOf } from "../../base/shape.ts";
import { held } from "../../base/whole-numbers.ts";
import type { BinaryKernel, UnaryKernel } from "../../device/kernels.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { writeValues } from "../tfjs/values.ts";
import { fillFromPairs, placesIn } from "./paired-loops.ts";
import { runningSums, runningSumsOf } from "./running-sums.ts";

// Whole numbers as whole numbers. TensorFlow.js computes many of them in floats, which hold them up to 2^24 (on cpu in doubles, up to 2^53),
// and saturates where PyTorch wraps. These kernels run wherever the backend can be read without waiting; anything but `int32` is left to
// the backend. A result that `int32` cannot hold wraps, to PyTorch's int64 modulo 2^32, but on the cpu, which refuses it.

function integers(device: TfjsRunner, { dataId }: TensorInfo): Int32Array {
  return device.backend.readSync(dataId) as Int32Array;
}

function written(device: TfjsRunner, values: TypedArray, shape: Shape): TensorInfo[] {
  return [{ dataId: writeValues(device.backend, values, shape, "int32"), shape: [...shape], dtype: "int32" }];
}

function unary(kernel: UnaryKernel, of: (x: number) => number): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "int32") return device.runNative(kernel, { x }, attrs, outs);
    // Of what was cast from a mask, the backend on the cpu gives the mask's bytes.
    return written(device, Int32Array.from(integers(device, x), of), x.shape);
  };
}

function binary(kernel: BinaryKernel, of: (a: number, b: number) => number): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) => {
    if (a.dtype !== "int32" || b.dtype !== "int32") return device.runNative(kernel, { a, b }, attrs, outs);
    const shape = outs[0]?.shape ?? [];
    const [left, right] = [integers(device, a), integers(device, b)];
    const out = new Int32Array(numel(shape));
    fillFromPairs(out, shape, { data: left, shape: a.shape }, { data: right, shape: b.shape }, of);
    return written(device, out, shape);
  };
}

/** `base ** exponent` by squaring; PyTorch gives 0 for a negative exponent, but for a base of 1 or -1. */
function power(base: number, exponent: number, multiply: (a: number, b: number) => number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let [result, square] = [1, base];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

const exactProduct = (a: number, b: number): number => a * b;

/** The result as it is, in doubles: exact, or far beyond what `int32` holds. */
const sums = (op: string, data: Int32Array, places: Int32Array | null, count: number): Int32Array => {
  const totals = new Float64Array(count);
  if (places === null) {
    let total = 0;
    for (let i = 0; i < data.length; i++) total += data[i] as number;
    totals[0] = total;
  } else {
    for (let i = 0; i < data.length; i++) {
      const at = places[i] as number;
      totals[at] = (totals[at] as number) + (data[i] as number);
    }
  }
  return Int32Array.from(totals, (total) => held(op, total));
};

const sum: KernelOverride<"sum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return device.runNative("sum", { x }, attrs, outs);
  const shape = outs[0]?.shape ?? [];
  const count = numel(shape);
  const places = count === 1 ? null : placesIn(reducedShape(x.shape, attrs.dims, true), x.shape);
  return written(device, sums("sum", integers(device, x), places, count), shape);
};

const cumsum: KernelOverride<"cumsum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return runningSums(device, { x }, attrs, outs);
  return written(
    device,
    runningSumsOf(integers(device, x), x.shape, attrs, new Int32Array(numel(x.shape)), held),
    x.shape,
  );
};

/** Over one dimension. */
const product =
  (multiply: (a: number, b: number) => number): KernelOverride<"prod"> =>
  (device, { x }, attrs, outs) => {
    const [axis, ...others] = attrs.dims;
    if (x.dtype !== "int32" || axis === undefined || others.length > 0) {
      return device.runNative("prod", { x }, attrs, outs);
    }
    const n = x.shape[axis] as number;
    const inner = numel(x.shape.slice(axis + 1));
    const data = integers(device, x);
    const shape = outs[0]?.shape ?? [];
    const products = new Float64Array(numel(shape)).fill(1);
    for (let i = 0; i < data.length; i++) {
      const at = Math.floor(i / (n * inner)) * inner + (i % inner);
      products[at] = multiply(products[at] as number, data[i] as number);
    }
    return written(
      device,
      Int32Array.from(products, (value) => held("prod", value)),
      shape,
    );
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

/** Kernels that are exact for `int32`, and wrap: a device takes those that its backend gets wrong. */
export const integerKernels = {
  abs: unary("abs", (x) => Math.abs(x)),
  mul: binary("mul", Math.imul),
  neg: unary("neg", (x) => -x),
  pad,
  pow: binary("pow", (a, b) => power(a, b, Math.imul)),
  prod: product(Math.imul),
  square: unary("square", (x) => Math.imul(x, x)),
} as const satisfies KernelOverrides;

/** The same, and all others that may outgrow `int32`, which refuse a result that it cannot hold. */
export const checkedIntegerKernels = {
  abs: unary("abs", (x) => held("abs", Math.abs(x))),
  add: binary("add", (a, b) => held("add", a + b)),
  cumsum,
  mul: binary("mul", (a, b) => held("mul", a * b)),
  neg: unary("neg", (x) => held("neg", -x)),
  pow: binary("pow", (a, b) => held("pow", power(a, b, exactProduct))),
  prod: product(exactProduct),
  square: unary("square", (x) => held("square", x * x)),
  sub: binary("sub", (a, b) => held("sub", a - b)),
  sum,
} as const satisfies KernelOverrides;
