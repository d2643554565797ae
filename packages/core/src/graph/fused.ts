import { shared } from "../base/global.ts";
import type { TensorSpec } from "../device/device.ts";
import type { AttributesOf, EachInput, EachResult, FusedKernel } from "../device/kernels.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { runKernel } from "./op.ts";

/** A fused kernel as ops call it: one tensor for each of `outs`, which has its shape and dtype. */
export type Fused<K extends FusedKernel> = (
  inputs: EachInput<K, Tensor>,
  attrs: AttributesOf<K>,
  outs: EachResult<K, TensorSpec>,
) => EachResult<K, Tensor>;

const mode = shared("fused", () => ({ enabled: true }));

/**
 * A fused kernel with its fallback: the device's own where it has one, else `composition`, which gives the same numbers by other ops and
 * kernels. Autograd must not see which of them ran: call it in the `forward` of an op, or in `noGrad`.
 *
 * @example
 * const gatherKernel = defineFused("gather", ({ x, index }, { dim }) => [take(flatten(x), linearIndex(index, x.shape, dim))]);
 * const [out] = gatherKernel({ x, index }, { dim: 1 }, [{ shape: index.shape, dtype: x.dtype }]);
 */
export function defineFused<K extends FusedKernel>(name: K, composition: Fused<K>): Fused<K> {
  return (inputs, attrs, outs) => {
    const { device, dtype } = firstOf(inputs);
    if (!mode.enabled || !device.has?.(name, dtype)) return composition(inputs, attrs, outs);
    // An optional result stands at the end: what is left out is no hole. The kernel gives one tensor for each of the others.
    return runKernel(name, inputs, attrs, outs as readonly TensorSpec[]) as EachResult<K, Tensor>;
  };
}

/** The first input, which no fused kernel leaves out. */
function firstOf(inputs: Readonly<Record<string, Tensor | undefined>>): Tensor {
  const [first] = Object.values(inputs);
  return first as Tensor;
}

/** Runs `fn` with every fused kernel replaced by its fallback: what laws compare with. */
export function withFallbacks<R>(fn: () => R): R {
  const before = mode.enabled;
  mode.enabled = false;
  try {
    return fn();
  } finally {
    mode.enabled = before;
  }
}
