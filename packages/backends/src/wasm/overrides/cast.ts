import type { KernelOverride } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** To `bool`: 1 for everything but 0. The backend copies numbers into bytes, so that 2 stays 2 and 256 becomes 0 (4.22, Cast.js). */
export const cast: KernelOverride = (device, inputs, attrs) => {
  const { x } = inputs as { x: TensorInfo };
  if (attrs.dtype !== "bool" || x.dtype === "bool") return device.runNative("Cast", inputs, attrs);
  const zero = device.scalar(0, x.dtype as "float32" | "int32");
  const out = device.runNative("NotEqual", { a: x, b: zero }, {});
  device.release(zero);
  return out;
};
