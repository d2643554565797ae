import type { TypedArray } from "@kindling/core";
import type { BinaryKernel, KernelOverride } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { elements, output } from "./heap.ts";

/** Fills `out` from `a` and `b`; a step of 0 reads a scalar again and again. */
type Fill = (a: TypedArray, b: TypedArray, stepA: number, stepB: number, out: TypedArray) => void;

/**
 * A pointwise kernel over operands of one shape, or one and a scalar, as a plain loop. The backend's own works out broadcast
 * positions for every element (4.22, binary.h): several times slower. True broadcasting stays with it.
 */
export function pointwise(kernel: BinaryKernel, dtype: "bool" | "same", fill: Fill): KernelOverride<BinaryKernel> {
  return (device, { a, b }, attrs, outs) => {
    const [scalarA, scalarB] = [a.shape.length === 0, b.shape.length === 0];
    const same = a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i]);
    if ((!same && !scalarA && !scalarB) || a.dtype !== b.dtype || numel(a.shape) * numel(b.shape) === 0) {
      return device.runNative(kernel, { a, b }, attrs, outs);
    }
    const out = output(device, scalarA ? b.shape : a.shape, dtype === "bool" ? "bool" : a.dtype);
    fill(elements(device, a), elements(device, b), scalarA ? 0 : 1, scalarB ? 0 : 1, elements(device, out));
    return [out];
  };
}
