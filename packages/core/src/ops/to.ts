import { describeValue } from "../base/describe-value.ts";
import { type DTypeName, dtypeNamed } from "../base/dtype.ts";
import { DeviceError } from "../base/errors.ts";
import { normalizeDim } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { Device } from "../device/device.ts";
import { isDevice, namesDevice, notADevice } from "../device/device-argument.ts";
import { cpu as host } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { isContiguous as isContiguousLayout } from "../storage/layout.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { DTYPE_LIST } from "../tensor/tensor-options.ts";
import { cast } from "./conversion.ts";
import { clone } from "./copying.ts";
import { layoutOfTensor } from "./views.ts";

// Other dtypes and devices.

/**
 * Another dtype or device; this tensor itself when it is there already. Uploading returns at once.
 *
 * @throws DeviceError for a device's name, and for its promise
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.to.html
 * @example tensor([1.5]).to("int64") // tensor([1])
 */
export function to(x: Tensor, target: DTypeName | Device): Tensor {
  if (arguments.length > 2) throw surplusArguments("to(x, target)", arguments.length);
  checkTensor("to", x);
  if (isDevice(target)) return moveTo(x, target);
  const dtype = dtypeNamed(target);
  if (dtype !== undefined) return cast(x, dtype);
  if (namesDevice(target)) throw notADevice("to", target, (device) => `x.to(${device})`);
  throw new DeviceError(
    "to",
    "to() received an invalid combination of arguments",
    `got ${describeValue(target)}`,
    `Give a dtype (${DTYPE_LIST}) or a device: x.to(await device("auto")).`,
  );
}

/**
 * `x.to(other.dtype)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.type_as.html
 * @example tensor([1.5]).typeAs(ones([1], { dtype: "int64" })) // tensor([1])
 */
export function typeAs(x: Tensor, other: Tensor): Tensor {
  if (arguments.length > 2) throw surplusArguments("typeAs(x, other)", arguments.length);
  checkTensor("typeAs", other, "other", 2);
  return to(to(x, other.dtype), other.device);
}

/**
 * `x.to("float32")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.float.html
 * @example tensor([true]).float() // tensor([1.])
 */
export function float(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("float(x)", arguments.length);
  return cast(x, "float32");
}

/**
 * `x.to("int32")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.int.html
 * @example tensor([1.5]).int() // tensor([1], dtype=torch.int32)
 */
export function int(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("int(x)", arguments.length);
  return cast(x, "int32");
}

/**
 * `x.to("bool")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.bool.html
 * @example tensor([1.5, 0]).bool() // tensor([ True, False])
 */
export function bool(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("bool(x)", arguments.length);
  return cast(x, "bool");
}

/**
 * `x.to("uint8")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.byte.html
 * @example tensor([257]).byte() // tensor([1], dtype=torch.uint8)
 */
export function byte(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("byte(x)", arguments.length);
  return cast(x, "uint8");
}

/**
 * `x.to("float64")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.double.html
 * @example tensor([1.5]).double() // tensor([1.5000], dtype=torch.float64)
 */
export function double(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("double(x)", arguments.length);
  return cast(x, "float64");
}

/**
 * `x.to("float16")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.half.html
 * @example tensor([0.1]).half() // tensor([0.1000], dtype=torch.float16)
 */
export function half(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("half(x)", arguments.length);
  return cast(x, "float16");
}

/**
 * `x.to("bfloat16")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.bfloat16.html
 * @example tensor([0.1]).bfloat16() // tensor([0.1001], dtype=torch.bfloat16)
 */
export function bfloat16(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("bfloat16(x)", arguments.length);
  return cast(x, "bfloat16");
}

/**
 * `x.to("int64")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.long.html
 * @example tensor([1.5]).long() // tensor([1])
 */
export function long(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("long(x)", arguments.length);
  return cast(x, "int64");
}

/**
 * `x.to("int16")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.short.html
 * @example tensor([1.5]).short() // tensor([1], dtype=torch.int16)
 */
export function short(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("short(x)", arguments.length);
  return cast(x, "int16");
}

/**
 * `x.to("int8")`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.char.html
 * @example tensor([1.5]).char() // tensor([1], dtype=torch.int8)
 */
export function char(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("char(x)", arguments.length);
  return cast(x, "int8");
}

/**
 * A cpu tensor with these elements; gradients flow back where the device can be read without waiting.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.cpu.html
 * @example (await tensor([1]).cpu()).device.name // "cpu"
 */
export async function cpu(x: Tensor): Promise<Tensor> {
  if (arguments.length > 1) throw surplusArguments("cpu(x)", arguments.length);
  if (x.device === host) return x;
  if (x.device.downloadSync !== undefined) return moveTo(x, host);
  const data = await x.toTypedArray();
  const elements = { data, offset: 0, length: data.length, steps: null };
  return hostTensor("cpu", elements, x.shape, x.dtype, host);
}

/**
 * This tensor where its elements lie row by row, else a copy in which they do.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.contiguous.html
 * @example ones([2]).contiguous().shape // [2]
 */
export function contiguous(x: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("contiguous(x)", arguments.length);
  checkTensor("contiguous", x);
  return isContiguousLayout(layoutOfTensor(x)) ? x : clone(x);
}

/**
 * Whether the elements lie row by row.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html
 * @example ones([2, 3]).t().isContiguous() // false
 */
export function isContiguous(x: Tensor): boolean {
  if (arguments.length > 1) throw surplusArguments("isContiguous(x)", arguments.length);
  checkTensor("isContiguous", x);
  return isContiguousLayout(layoutOfTensor(x));
}

/**
 * How far the next element of each dimension is, or of one, among those of the tensor that this one is a view of.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.stride.html
 * @example ones([2, 3]).t().stride() // [1, 3]
 */
export function stride(x: Tensor): readonly number[];
export function stride(x: Tensor, dim: number): number;
export function stride(x: Tensor, dim?: number): readonly number[] | number {
  if (arguments.length > 2) throw surplusArguments("stride(x, dim?)", arguments.length);
  checkTensor("stride", x);
  const { strides } = layoutOfTensor(x);
  return dim === undefined ? strides : (strides[normalizeDim("stride", dim, x.ndim)] as number);
}

/**
 * Where the first element is, among those of the tensor that this one is a view of.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.storage_offset.html
 * @example arange(4).narrow(0, 1, 2).storageOffset() // 1
 */
export function storageOffset(x: Tensor): number {
  if (arguments.length > 1) throw surplusArguments("storageOffset(x)", arguments.length);
  checkTensor("storageOffset", x);
  return layoutOfTensor(x).offset;
}
