import { castToWhole, type KernelOverride, truncateInto } from "@kindling/core/device";
import { elements, output } from "./heap.ts";

/**
 * To `int32` the backend wraps, and makes 0 of infinity. To `bool` it copies numbers into bytes, so that 2 stays 2 and 256 becomes 0, instead of 1
 * for everything but 0 (4.22, Cast.js).
 */
export const cast: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  const dtype = outs[0]?.dtype;
  if (dtype === "uint8") return castToWhole(device, { x }, attrs, outs);
  if (dtype === "int32" && x.dtype === "float32") {
    const out = output(device, x.shape, "int32");
    truncateInto(elements(device, x), elements(device, out) as Int32Array);
    return [out];
  }
  if (dtype !== "bool" || x.dtype === "bool") return device.runNative("cast", { x }, attrs, outs);
  const zero = device.scalar(0, x.dtype as "float32" | "int32");
  const out = device.runNative("ne", { a: x, b: zero }, {}, outs);
  device.release(zero);
  return out;
};
