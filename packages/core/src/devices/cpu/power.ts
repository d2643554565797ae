import { allocate, type TypedArray } from "../../base/dtype.ts";
import { numel } from "../../base/shape.ts";
import type { KernelOverride } from "../tfjs/overrides.ts";
import { writeValues } from "../tfjs/values.ts";
import { integerKernels } from "./integer-kernels.ts";
import { fillFromPairs } from "./paired-loops.ts";

/** C's `pow`: 1 to the power of NaN is 1, and so is -1 to that of an infinity; in JavaScript both are NaN. */
export function powerOf(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

export const pow: KernelOverride<"pow"> = (device, { a, b }, attrs, outs) => {
  if (a.dtype !== "float32" || b.dtype !== "float32") return integerKernels.pow(device, { a, b }, attrs, outs);
  const shape = outs[0]?.shape ?? [];
  const out = allocate("float32", numel(shape));
  const elements = (each: typeof a) => ({
    data: device.backend.readSync(each.dataId) as TypedArray,
    shape: each.shape,
  });
  fillFromPairs(out, shape, elements(a), elements(b), powerOf);
  return [{ dataId: writeValues(device.backend, out, shape, "float32"), shape: [...shape], dtype: "float32" }];
};
