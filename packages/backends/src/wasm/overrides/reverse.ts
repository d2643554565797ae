import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** The backend's kernel moves four bytes an element whatever the dtype (4.22, Reverse.cc): bools travel as `int32`. */
export const reverse: KernelOverride = (device, inputs, attrs) => {
  const { x } = inputs as { x: TensorInfo };
  if (x.dtype !== "bool") return device.runNative("Reverse", inputs, attrs);
  const wide = device.runNative("Cast", { x }, { dtype: "int32" })[0] as TensorInfo;
  const turned = device.runNative("Reverse", { x: wide }, attrs)[0] as TensorInfo;
  const out = device.runNative("Cast", { x: turned }, { dtype: "bool" });
  device.release(wide);
  device.release(turned);
  return out;
};
