import type { TypedArray } from "@kindling/core";
import type { KernelOverride, UnaryKernel } from "@kindling/core/device";
import { kernelsOf } from "../kernels/kernels-of.ts";
import type { PointwiseKernels } from "../kernels/pointwise.ts";
import { elements, output } from "./heap.ts";

/** Fills `out` from the element `start` on. */
type Fill = (x: TypedArray, out: TypedArray, start: number) => void;

const FLOAT = 4;
/** Floats that one instruction computes. */
const LANES = 4;
/** Floats of one call. V8 exchanges a kernel's first code for optimized code between calls, never within one. */
const MOST = 16384;

/** A kernel of one float, as a plain loop; by SIMD as far as there is a kernel of ours, which leaves out the last three elements at most. */
function unary(kernel: UnaryKernel, fill: Fill, simd?: keyof PointwiseKernels): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "float32") return device.runNative(kernel, { x }, attrs, outs);
    const out = output(device, x.shape, "float32");
    const [from, to] = [elements(device, x), elements(device, out)];
    const run = simd === undefined ? undefined : kernelsOf(device)?.[simd];
    const whole = run === undefined ? 0 : to.length - (to.length % LANES);
    for (let start = 0; start < whole; start += MOST) {
      const at = FLOAT * start;
      run?.(from.byteOffset + at, to.byteOffset + at, FLOAT * Math.min(MOST, whole - start));
    }
    fill(from, to, whole);
    return [out];
  };
}

/** The backend adds 1 first, which leaves nothing of 1e-8 (4.22, Log1p.cc). */
export const log1p = unary(
  "log1p",
  (x, out, start) => {
    for (let i = start; i < out.length; i++) out[i] = Math.log1p(x[i] as number);
  },
  "log1p",
);

// The backend's sine loses what is smaller than 1e-29, and half of the digits beside the multiples of a half turn (4.22, sin.cc, cos.cc).

export const sin = unary("sin", (x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.sin(x[i] as number);
});

export const cos = unary("cos", (x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.cos(x[i] as number);
});

/** The backend's is 0 below 1e-7 (4.22, Sign.cc). */
export const sign = unary("sign", (x, out) => {
  for (let i = 0; i < out.length; i++) {
    const value = x[i] as number;
    out[i] = value > 0 ? 1 : value < 0 ? -1 : 0;
  }
});

/** NaN, which the backend keeps (4.22, Step.cc), lets a gradient through, as PyTorch's `relu` does. */
export const step = unary(
  "step",
  (x, out, start) => {
    for (let i = start; i < out.length; i++) out[i] = (x[i] as number) <= 0 ? 0 : 1;
  },
  "step",
);
