import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute, constants } from "../compute.ts";

/** Rows added up by their places. With one place only, the backend takes it for row 0 (4.22, scatter_gpu.js). */
export const scatterRows: KernelOverride<"scatterRows"> = (device, { updates, index }, attrs, outs) => {
  if (numel(index.shape) > 1) return device.runNative("scatterRows", { updates, index }, attrs, outs);
  const { shape } = outs[0] as TensorSpec;
  const code = `
    ${constants({ inner: numel(shape.slice(1)) })}
    float valueAt(int at) {
      return at / inner == int(getPlaces(0)) ? getUpdates(at % inner) : 0.0;
    }`;
  const inputs = { places: index, updates };
  return [compute(device, { inputs, shape, dtype: updates.dtype, code })];
};
