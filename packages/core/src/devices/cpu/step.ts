import type { TypedArray } from "../../base/dtype.ts";
import type { KernelOverride } from "../tfjs/overrides.ts";
import { writeValues } from "../tfjs/values.ts";

/** 0 where `x` is at most 0, else 1: NaN, which the backend keeps (4.22, Step.js), lets a gradient through, as PyTorch's `relu` does. */
export const step: KernelOverride<"step"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "float32") return device.runNative("step", { x }, attrs, outs);
  const data = device.backend.readSync(x.dataId) as TypedArray;
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = (data[i] as number) <= 0 ? 0 : 1;
  return [{ dataId: writeValues(device.backend, out, x.shape, "float32"), shape: [...x.shape], dtype: "float32" }];
};
