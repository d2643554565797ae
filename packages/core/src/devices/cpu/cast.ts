import { castElements } from "../../base/cast.ts";
import { DTYPES, type TypedArray } from "../../base/dtype.ts";
import { held } from "../../base/whole-numbers.ts";
import type { KernelOverride } from "../tfjs/overrides.ts";
import { writeValues } from "../tfjs/values.ts";

/**
 * To another dtype that backends of TensorFlow.js hold. Of floats, whole numbers that do not fit become the least, as in PyTorch; of `int64`, for
 * which backends have 32 bits, they are refused.
 */
export const castKernel: KernelOverride<"cast"> = (device, { x }, attrs, outs) => {
  const dtype = outs[0]?.dtype ?? "float32";
  const keeps = DTYPES[dtype].tfjs === x.dtype && dtype !== "uint8";
  if (keeps || dtype === "float32" || dtype === "bool") return device.runNative("cast", { x }, attrs, outs);
  const elements = device.backend.readSync(x.dataId) as TypedArray;
  const data = castElements(elements, x.dtype === "float32" ? "float32" : "int32", dtype);
  if (dtype === "int64") for (let i = 0; i < data.length; i++) held("to", data[i] as number, device.name);
  const out = data instanceof Int32Array ? data : Int32Array.from(data);
  return [{ dataId: writeValues(device.backend, out, x.shape, "int32"), shape: [...x.shape], dtype: "int32" }];
};
