import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, constants, sizeOf } from "../compute.ts";

/** Rows added up by their places. With one place only, the backend takes it for row 0 (4.22, scatter_gpu.js). */
export const scatterNd: KernelOverride = (device, inputs, attrs, outs) => {
  const { indices, updates } = inputs as { indices: TensorInfo; updates: TensorInfo };
  const { shape, dtype } = outs[0] as TensorSpec;
  const depth = indices.shape.at(-1) as number;
  const count = sizeOf(indices.shape) / depth;
  if (count > 1) return device.runNative("ScatterNd", inputs, attrs);
  const inner = sizeOf(shape.slice(depth));
  const places = Array.from({ length: depth }, (_, i) => {
    return `int(getIndices(${i})) * ${sizeOf(shape.slice(i + 1, depth))}`;
  });
  const code = `
    ${constants({ inner })}
    float valueAt(int index) {
      return index / inner == ${places.join(" + ")} ? getUpdates(index % inner) : 0.0;
    }`;
  return [compute(device, { inputs: { indices, updates }, shape, dtype: dtype as TensorInfo["dtype"], code })];
};
