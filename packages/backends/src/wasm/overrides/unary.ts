import type { TypedArray } from "@kindling/core";
import type { KernelOverride, UnaryKernel } from "@kindling/core/device";
import { elements, output } from "./heap.ts";

/** A kernel of one float, as a plain loop. */
function unary(kernel: UnaryKernel, fill: (x: TypedArray, out: TypedArray) => void): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "float32") return device.runNative(kernel, { x }, attrs, outs);
    const out = output(device, x.shape, "float32");
    fill(elements(device, x), elements(device, out));
    return [out];
  };
}

/** The backend adds 1 first, which leaves nothing of 1e-8 (4.22, Log1p.cc). */
export const log1p = unary("log1p", (x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.log1p(x[i] as number);
});

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
export const step = unary("step", (x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = (x[i] as number) <= 0 ? 0 : 1;
});
