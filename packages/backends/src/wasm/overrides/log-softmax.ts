import type { TensorSpec, TfjsRunner } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { alongDimension } from "./along-dimension.ts";
import { logSoftmaxBackwardInto, logSoftmaxInto } from "./log-softmax-loops.ts";

/**
 * `x - max - log(Σ exp(x - max))` along `dim`, in one kernel. Composed of the backend's own it is five, each over all of the memory,
 * which takes four to twelve times as long.
 */
export function logSoftmax(
  device: TfjsRunner,
  { x }: { readonly x: TensorInfo },
  { dim }: { readonly dim: number },
  _outs: readonly TensorSpec[],
): TensorInfo[] {
  return alongDimension(device, [x], dim, {
    rows: (kernels, [from], end, to, width, whole) => kernels.logSoftmaxRows(from as number, end, to, width, whole),
    columns: (kernels, [from], to, { n, stride }, width, scratch) =>
      kernels.logSoftmaxColumns(from as number, to, n, stride, width, scratch),
    loops: (out, [from], layout) => logSoftmaxInto(out, from as Float32Array, layout),
  });
}

/** The gradient of `x`: `grad - exp(output) Σ grad` along `dim`. */
export function logSoftmaxBackward(
  device: TfjsRunner,
  { grad, output }: { readonly grad: TensorInfo; readonly output: TensorInfo },
  { dim }: { readonly dim: number },
  _outs: readonly TensorSpec[],
): TensorInfo[] {
  return alongDimension(device, [grad, output], dim, {
    rows: (kernels, [from, of], end, to, width, whole) =>
      kernels.logSoftmaxBackwardRows(from as number, end, of as number, to, width, whole),
    columns: (kernels, [from, of], to, { n, stride }, width, scratch) =>
      kernels.logSoftmaxBackwardColumns(from as number, of as number, to, n, stride, width, scratch),
    loops: (out, [from, of], layout) => logSoftmaxBackwardInto(out, from as Float32Array, of as Float32Array, layout),
  });
}
