import { type DataTypeMap, type Tensor as TfjsTensor, tensor as tfjsTensor } from "@tensorflow/tfjs-core";
import { castArray } from "../base/cast.ts";
import type { DType, TypedArray } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { tfjsType } from "../devices/tfjs/handle.ts";
import { moveTo } from "../graph/op.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromBuffer, type TensorOptions } from "./creation.ts";

/** The dtypes of TensorFlow.js that ours have. */
const SHARED: Partial<Record<keyof DataTypeMap, DType>> = { float32: "float32", int32: "int32", bool: "bool" };

/**
 * A tensor of TensorFlow.js, copied; on the cpu unless `device` says otherwise.
 *
 * @throws DTypeError for strings and complex numbers.
 */
export async function fromTfjs(source: TfjsTensor, options: Pick<TensorOptions, "device"> = {}): Promise<Tensor> {
  if (arguments.length > 2) throw surplusArguments("fromTfjs(source, options?)", arguments.length);
  checkOptions("fromTfjs", options, ["device"]);
  const dtype = Object.hasOwn(SHARED, source.dtype) ? SHARED[source.dtype] : undefined;
  if (dtype === undefined) {
    throw new DTypeError("fromTfjs", `no dtype for '${source.dtype}'`, "", "Convert it first: t.cast('float32').");
  }
  const { shape } = source;
  const data = (await source.data()) as TypedArray;
  // The array may be the backend's own memory, and is typed loosely.
  const host = fromBuffer(castArray(data, dtype), shape, { dtype });
  return options.device === undefined ? host : moveTo(host, options.device);
}

/** A tensor as one of TensorFlow.js, copied to its active backend; bytes become `int32`. Who asks for it disposes of it. */
export async function toTfjs(x: Tensor): Promise<TfjsTensor> {
  if (arguments.length > 1) throw surplusArguments("toTfjs(x)", arguments.length);
  checkTensor("toTfjs", x);
  const data = await x.toTypedArray();
  const dtype = tfjsType(x.dtype);
  return tfjsTensor(castArray(data, dtype), [...x.shape], dtype);
}
