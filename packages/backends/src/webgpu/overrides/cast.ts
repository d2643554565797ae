import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import { compute } from "../compute.ts";

/**
 * From whole numbers and bools to floats. The backend hands on the same memory under another name (4.22, Cast.js), which shaders that
 * read it as what it was made for take for the wrong type.
 */
export const cast: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  const { shape, dtype } = outs[0] as TensorSpec;
  if (x.dtype === "float32" || dtype !== "float32") return device.runNative("cast", { x }, attrs, outs);
  const code = `
    fn main(index : i32) {
      if (index < uniforms.threads) { result[index] = f32(x[index]); }
    }`;
  return [compute(device, { inputs: { x }, shape, dtype: "float32", uniforms: {}, code })];
};
