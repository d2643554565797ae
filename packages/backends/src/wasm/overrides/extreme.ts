import type { BinaryKernel, KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { pointwise } from "./pointwise.ts";

// `maximum` and `minimum` in plain loops; see pointwise.ts for why. Either operand's NaN goes through, as in PyTorch.

const larger = pointwise("maximum", "same", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    const [x, y] = [a[j] as number, b[k] as number];
    out[i] = x > y || Number.isNaN(x) ? x : y;
  }
});

const smaller = pointwise("minimum", "same", (a, b, stepA, stepB, out) => {
  for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
    const [x, y] = [a[j] as number, b[k] as number];
    out[i] = x < y || Number.isNaN(x) ? x : y;
  }
});

/**
 * For operands that broadcast, which the plain loops leave to the backend: its kernels keep the NaN of the first operand only (4.22, Maximum.cc,
 * `std::max`). So they run both ways round, and the plain loop takes the larger of the two results, which are of one shape.
 */
function eitherNaN(kernel: BinaryKernel, loop: KernelOverride<BinaryKernel>): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) => {
    const isPlain = a.shape.length === 0 || b.shape.length === 0 || String(a.shape) === String(b.shape);
    if (isPlain || a.dtype !== "float32") return loop(device, { a, b }, attrs, outs);
    const [one] = device.runNative(kernel, { a, b }, attrs, outs) as [TensorInfo];
    const [other] = device.runNative(kernel, { a: b, b: a }, attrs, outs) as [TensorInfo];
    const out = loop(device, { a: one, b: other }, attrs, outs);
    device.release(one);
    device.release(other);
    return out;
  };
}

export const maximum = eitherNaN("maximum", larger);
export const minimum = eitherNaN("minimum", smaller);
