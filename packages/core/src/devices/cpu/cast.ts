import type { TypedArray } from "../../base/dtype.ts";
import { toInt32 } from "../../base/whole-numbers.ts";
import type { KernelOverride } from "../tfjs/overrides.ts";
import { writeValues } from "../tfjs/values.ts";

/**
 * Floats without their fractions into `out`.
 *
 * @throws ValueError for a number that `int32` cannot hold
 */
export function truncateInto(data: TypedArray, out: Int32Array): void {
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    out[i] = value > -2147483649 && value < 2147483648 ? value : toInt32(value);
  }
}

/**
 * To whole numbers. Of floats PyTorch's int64 holds more than `int32`: what that cannot hold is refused. Bytes, which are `int32` in the backend,
 * wrap at 256, and are 0 for NaN and infinities.
 */
export const castToWhole: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  const dtype = outs[0]?.dtype;
  if (dtype !== "uint8" && (x.dtype !== "float32" || dtype !== "int32")) {
    return device.runNative("cast", { x }, attrs, outs);
  }
  const data = device.backend.readSync(x.dataId) as TypedArray;
  const out = new Int32Array(data.length);
  if (dtype === "int32") truncateInto(data, out);
  // Bits are taken modulo 2^32.
  else for (let i = 0; i < out.length; i++) out[i] = (data[i] as number) & 255;
  return [{ dataId: writeValues(device.backend, out, x.shape, "int32"), shape: [...x.shape], dtype: "int32" }];
};
