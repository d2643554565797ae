import { castArray } from "../base/cast.ts";
import { checkConvertible } from "../base/convertible.ts";
import { type DType, isInteger } from "../base/dtype.ts";
import type { Device } from "../device/device.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";

const KEPT = 256;

const constants = new WeakMap<Device, Map<string, Tensor>>();

/**
 * A scalar on a device, for kernels that take one beside a tensor. The last few hundred of each device are kept, so that
 * `x * 0.5` in a loop uploads nothing; they belong to no scope and are not counted as live.
 *
 * @throws DTypeError for a whole number that the dtype cannot hold
 */
export function constant(device: Device, value: number, dtype: DType, op = "constant"): Tensor {
  let known = constants.get(device);
  if (known === undefined) {
    known = new Map();
    constants.set(device, known);
  }
  const key = Object.is(value, -0) ? `${dtype}-0` : dtype + value;
  let scalar = known.get(key);
  if (scalar === undefined) {
    if (isInteger(dtype)) checkConvertible(op, value, dtype);
    const data = castArray([value], dtype);
    scalar = hostTensor("constant", { data, offset: 0, length: 1, steps: null }, [], dtype, device);
    scalar.operand();
    scalar.storage.memory?.excuse();
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, scalar);
  }
  return scalar;
}
