import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The backend's kernel moves four bytes an element whatever the dtype (4.22, Reverse.cc): bools travel as `int32`. */
export const flip: KernelOverride<"flip"> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "bool") return device.runNative("flip", { x }, attrs, outs);
  const whole = [{ shape: x.shape, dtype: "int32" }] as const;
  const wide = device.runNative("cast", { x }, {}, whole)[0] as TensorInfo;
  const turned = device.runNative("flip", { x: wide }, attrs, whole)[0] as TensorInfo;
  const out = device.runNative("cast", { x: turned }, {}, outs);
  device.release(wide);
  device.release(turned);
  return out;
};
