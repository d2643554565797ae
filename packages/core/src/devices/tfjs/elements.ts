import { castArray, type DType, type TypedArray } from "../../base/dtype.ts";

/** Elements as a backend takes them. */
export function toTfjsArray(data: TypedArray, dtype: DType): TypedArray {
  return dtype === "uint8" ? Int32Array.from(data) : data;
}

/** Values as our dtype keeps them; tfjs types what backends return loosely. */
export function fromTfjsArray(values: unknown, dtype: DType): TypedArray {
  const data = values as TypedArray;
  if (dtype === "float32") return data instanceof Float32Array ? data : castArray(data, dtype);
  if (dtype === "int32") return data instanceof Int32Array ? data : castArray(data, dtype);
  return data instanceof Uint8Array ? data : castArray(data, dtype);
}
