import { type DType, isFloat } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import type { Device } from "./device.ts";
import type { KernelName } from "./kernels.ts";

/**
 * The dtypes of a device that says nothing else, as backends of TensorFlow.js are: `int64` has 32 bits there, and `upload` refuses what does
 * not fit.
 */
export const NARROW_DTYPES: ReadonlySet<DType> = new Set<DType>(["bool", "uint8", "int32", "int64", "float32"]);

/** @throws DTypeError where the device computes `kernel` in single precision only, and it is to give `float64` */
export function checkPrecision(kernel: KernelName, device: Device, dtype: DType): void {
  if (dtype !== "float64" || device.singleOnly?.has(kernel) !== true) return;
  throw new DTypeError(
    kernel,
    `"${kernel}" not implemented for 'float64'`,
    `the device is ${device.name}`,
    "Compute in single precision, x.float(), or on the cpu, which has every kernel for every dtype.",
  );
}

/** @throws DTypeError for a dtype that the device has no memory for */
export function checkSupported(op: string, device: Device, dtype: DType): void {
  if ((device.dtypes ?? NARROW_DTYPES).has(dtype)) return;
  const name = device.name;
  throw new DTypeError(
    op,
    `Cannot convert a ${name} Tensor to ${dtype} dtype as the ${name} framework doesn't support ${dtype}. Please use ${isFloat(dtype) ? "float32" : "int32"} instead.`,
    "",
    `Convert before it is moved, x.to("${isFloat(dtype) ? "float32" : "int32"}"), or compute on the cpu, which has every dtype.`,
  );
}
