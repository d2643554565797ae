import { castKernel, type KernelOverride } from "@kindling/core/device";

/**
 * To whole numbers the backend wraps, and makes 0 of infinity. To `bool` it copies numbers into bytes, so that 2 stays 2 and 256 becomes 0,
 * instead of 1 for everything but 0 (4.22, Cast.js).
 */
export const cast: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  if (outs[0]?.dtype !== "bool" || x.dtype === "bool") return castKernel(device, { x }, attrs, outs);
  const zero = device.scalar(0, x.dtype as "float32" | "int32");
  const out = device.runNative("ne", { a: x, b: zero }, {}, outs);
  device.release(zero);
  return out;
};
