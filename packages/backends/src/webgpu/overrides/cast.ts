import type { KernelOverride, TensorSpec } from "@kindling/core/device";
import { compute } from "../compute.ts";

/**
 * To whole numbers, the least for what is beyond them; and from whole numbers and bools to floats. The backend hands on the same memory under another name (4.22, Cast.js), which shaders that
 * read it as what it was made for take for the wrong type.
 */
export const cast: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  const { shape, dtype } = outs[0] as TensorSpec;
  if (dtype === "uint8") {
    const byte = x.dtype === "float32" ? "select(i32(a), 0, isnan(a) || abs(a) >= 2147483648.0) & 255" : "a & 255";
    const code = `
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let a = x[index];
        result[index] = ${byte};
      }`;
    return [compute(device, { inputs: { x }, shape, dtype: "int32", uniforms: {}, code })];
  }
  if (x.dtype === "float32" && (dtype === "int32" || dtype === "int64")) {
    // WGSL leaves open what becomes of what is beyond 32 bits.
    const code = `
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let a = x[index];
        if (isnan(a) || abs(a) >= 2147483648.0) { result[index] = i32(-2147483647) - 1; } else { result[index] = i32(a); }
      }`;
    return [compute(device, { inputs: { x }, shape, dtype: "int32", uniforms: {}, code })];
  }
  if (x.dtype === "float32" || dtype !== "float32") return device.runNative("cast", { x }, attrs, outs);
  const code = `
    fn main(index : i32) {
      if (index < uniforms.threads) { result[index] = f32(x[index]); }
    }`;
  return [compute(device, { inputs: { x }, shape, dtype: "float32", uniforms: {}, code })];
};
