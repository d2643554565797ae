import type { TypedArray } from "../../base/dtype.ts";
import { numel, reducedShape, type Shape } from "../../base/shape.ts";
import { held } from "../../base/whole-numbers.ts";
import type { TensorSpec } from "../../device/device.ts";
import type { BinaryKernel, UnaryKernel } from "../../device/kernels.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverride, KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { writeValues } from "../tfjs/values.ts";
import { movement } from "./arrays/movement.ts";
import { fillFromPairs, placesIn } from "./paired-loops.ts";
import { runningSums, runningSumsOf } from "./running-sums.ts";

// Whole numbers as whole numbers. TensorFlow.js computes many of them in floats, which hold them up to 2^24 (on cpu in doubles, up to 2^53),
// and saturates where PyTorch wraps (4.22: Abs.js and Multiply.js, Pow.js, Prod.js, Square.js). These kernels run wherever the backend can
// be read without waiting; anything but `int32` in the backend is left to it. `int32` wraps as PyTorch's does. Backends have nothing wider for
// `int64`: a result that is too large for them is refused.

/** A number of the result: of `int32` wrapped, of `int64` refused where it does not fit. */
type Fit = (value: number) => number;

const wrap: Fit = (value) => value | 0;

function fitOf(op: string, device: TfjsRunner, outs: readonly TensorSpec[]): Fit {
  return outs[0]?.dtype === "int64" ? (value) => held(op, value, device.name) : wrap;
}

function integers(device: TfjsRunner, { dataId }: TensorInfo): Int32Array {
  return device.backend.readSync(dataId) as Int32Array;
}

function written(device: TfjsRunner, values: TypedArray, shape: Shape): TensorInfo[] {
  return [{ dataId: writeValues(device.backend, values, shape, "int32"), shape: [...shape], dtype: "int32" }];
}

function unary(kernel: UnaryKernel, of: (x: number) => number): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "int32") return device.runNative(kernel, { x }, attrs, outs);
    const bounded = fitOf(kernel, device, outs);
    // Of what was cast from a mask, the backend on the cpu gives the mask's bytes.
    return written(
      device,
      Int32Array.from(integers(device, x), (value) => bounded(of(value))),
      x.shape,
    );
  };
}

/** `wrapped` is exact modulo 2^32 for `int32`, `of` as it is: exact, or far beyond what `int32` holds. */
function binary(
  kernel: BinaryKernel,
  of: (a: number, b: number) => number,
  wrapped: (a: number, b: number) => number = of,
): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) => {
    if (a.dtype !== "int32" || b.dtype !== "int32") return device.runNative(kernel, { a, b }, attrs, outs);
    const shape = outs[0]?.shape ?? [];
    const bounded = fitOf(kernel, device, outs);
    const own = outs[0]?.dtype === "int64" ? of : wrapped;
    const [left, right] = [integers(device, a), integers(device, b)];
    const out = new Int32Array(numel(shape));
    fillFromPairs(out, shape, { data: left, shape: a.shape }, { data: right, shape: b.shape }, (x, y) =>
      bounded(own(x, y)),
    );
    return written(device, out, shape);
  };
}

/** `base ** exponent` by squaring; PyTorch gives 0 for a negative exponent, but for a base of 1 or -1. */
export function wholePower(base: number, exponent: number, multiply: (a: number, b: number) => number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let [result, square] = [1, base];
  for (let rest = exponent; ; square = multiply(square, square)) {
    if (rest % 2 === 1) result = multiply(result, square);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result;
  }
}

const product = (a: number, b: number): number => a * b;

const sum: KernelOverride<"sum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return device.runNative("sum", { x }, attrs, outs);
  const shape = outs[0]?.shape ?? [];
  const data = integers(device, x);
  const totals = new Float64Array(numel(shape));
  if (totals.length === 1) {
    let total = 0;
    for (let i = 0; i < data.length; i++) total += data[i] as number;
    totals[0] = total;
  } else {
    const places = placesIn(reducedShape(x.shape, attrs.dims, true), x.shape);
    for (let i = 0; i < data.length; i++) {
      const at = places[i] as number;
      totals[at] = (totals[at] as number) + (data[i] as number);
    }
  }
  return written(device, Int32Array.from(totals, fitOf("sum", device, outs)), shape);
};

const cumsum: KernelOverride<"cumsum"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return runningSums(device, { x }, attrs, outs);
  const bounded = fitOf("cumsum", device, outs);
  const out = runningSumsOf(integers(device, x), x.shape, attrs, new Int32Array(numel(x.shape)), (_, total) =>
    bounded(total),
  );
  return written(device, out, x.shape);
};

/** Over one dimension. */
const prod: KernelOverride<"prod"> = (device, { x }, attrs, outs) => {
  const [axis, ...others] = attrs.dims;
  if (x.dtype !== "int32" || axis === undefined || others.length > 0) {
    return device.runNative("prod", { x }, attrs, outs);
  }
  const n = x.shape[axis] as number;
  const inner = numel(x.shape.slice(axis + 1));
  const data = integers(device, x);
  const shape = outs[0]?.shape ?? [];
  const multiply = outs[0]?.dtype === "int64" ? product : Math.imul;
  const products = new Float64Array(numel(shape)).fill(1);
  for (let i = 0; i < data.length; i++) {
    const at = Math.floor(i / (n * inner)) * inner + (i % inner);
    products[at] = multiply(products[at] as number, data[i] as number);
  }
  return written(device, Int32Array.from(products, fitOf("prod", device, outs)), shape);
};

const pad: KernelOverride<"pad"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return device.runNative("pad", { x }, attrs, outs);
  const shape = outs[0]?.shape ?? [];
  const given = { data: integers(device, x), shape: x.shape, dtype: "int32" } as const;
  const [padded] = movement.pad({ x: given }, attrs, [{ shape, dtype: "int32" }]);
  return written(device, padded as Int32Array, shape);
};

/** `base ** exponent` of whole numbers. */
const pow: KernelOverride<BinaryKernel> = binary(
  "pow",
  (a, b) => wholePower(a, b, product),
  (a, b) => wholePower(a, b, Math.imul),
);

const mul = binary("mul", product, Math.imul);

const square: KernelOverride<"square"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "int32") return device.runNative("square", { x }, attrs, outs);
  return mul(device, { a: x, b: x }, attrs, outs);
};

/** Kernels that are exact for whole numbers, of those that backends get wrong. */
export const integerKernels = {
  abs: unary("abs", Math.abs),
  add: binary("add", (a, b) => a + b),
  cumsum,
  mul,
  neg: unary("neg", (x) => -x),
  pad,
  pow,
  prod,
  square,
  sub: binary("sub", (a, b) => a - b),
  sum,
} as const satisfies KernelOverrides;

/** A kernel, whatever it takes. */
type AnyKernel = KernelOverride<keyof typeof integerKernels>;

/**
 * A device's overrides, with those that may outgrow 32 bits looked at where they are of `int64`: a result that does not fit is refused. For
 * backends that can be read without waiting.
 */
export function refusingOverflow(overrides: KernelOverrides): KernelOverrides {
  const own: Readonly<Record<string, unknown>> = overrides;
  const checked = Object.entries(integerKernels).map(([name, exact]) => {
    const kernel = name as keyof typeof integerKernels;
    const other = own[kernel] as AnyKernel | undefined;
    const override: AnyKernel = (device, inputs, attrs, outs) => {
      if (outs[0]?.dtype === "int64") return (exact as AnyKernel)(device, inputs, attrs, outs);
      return (other ?? native(kernel))(device, inputs, attrs, outs);
    };
    return [kernel, override];
  });
  return { ...overrides, ...Object.fromEntries(checked) };
}

function native(kernel: keyof typeof integerKernels): AnyKernel {
  return (device, inputs, attrs, outs) => device.runNative(kernel, inputs, attrs, outs);
}
