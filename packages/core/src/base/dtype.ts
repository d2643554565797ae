/** What an element is. `int32` holds labels and indices (PyTorch's int64 there), `uint8` images, `bool` masks. */
export type DType = "float32" | "int32" | "uint8" | "bool";

/** How elements are held in JavaScript: `bool` and `uint8` are both bytes. */
export type TypedArray = Float32Array | Int32Array | Uint8Array;

export type ArrayOf<D extends DType> = D extends "float32"
  ? Float32Array
  : D extends "int32"
    ? Int32Array
    : D extends "uint8" | "bool"
      ? Uint8Array
      : never;

/** From the narrowest to the widest: the order in which PyTorch promotes. */
const RANK: Record<DType, number> = { bool: 0, uint8: 1, int32: 2, float32: 3 };

/** PyTorch's categories: a scalar or a zero-dimensional tensor widens another only by category. */
const CATEGORY: Record<DType, number> = { bool: 0, uint8: 1, int32: 1, float32: 2 };

const DTYPES = Object.keys(RANK) as DType[];

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && (DTYPES as string[]).includes(value);
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32";
}

export function bytesPerElement(dtype: DType): number {
  return dtype === "float32" || dtype === "int32" ? 4 : 1;
}

/** PyTorch's name of the dtype in error messages (`expected scalar type Long but found Float`): `int32` plays its `Long`. */
export function scalarTypeName(dtype: DType): string {
  return { float32: "Float", int32: "Long", uint8: "Byte", bool: "Bool" }[dtype];
}

/** C++'s name of the dtype, which some of PyTorch's messages have. */
export function cppTypeName(dtype: DType): string {
  return { float32: "float", int32: "long int", uint8: "unsigned char", bool: "bool" }[dtype];
}

export function allocate(dtype: DType, length: number): TypedArray {
  if (dtype === "float32") return new Float32Array(length);
  if (dtype === "int32") return new Int32Array(length);
  return new Uint8Array(length);
}

/** The wider of two dtypes (`torch.promote_types`). */
export function promote(a: DType, b: DType): DType {
  return RANK[a] >= RANK[b] ? a : b;
}

/**
 * The dtype of an op over `dimensioned` tensors, zero-dimensional ones and plain numbers (`torch.result_type`): the
 * latter two count only where their category (bool < integer < float) is higher than that of what stands before them.
 */
export function resultType(dimensioned: readonly DType[], zeroDim: readonly DType[], numbers: readonly DType[]): DType {
  let result: DType | undefined;
  for (const group of [dimensioned, zeroDim, numbers]) {
    if (group.length === 0) continue;
    const widest = group.reduce(promote);
    if (result === undefined) result = widest;
    else if (CATEGORY[widest] > CATEGORY[result]) result = widest;
  }
  return result ?? "float32";
}

/** The dtype that a plain JavaScript value stands for: JavaScript has one number type, so `2.0` is an integer. */
export function dtypeOfScalar(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int32" : "float32";
}

/** One element as the dtype holds it: floats are rounded to single precision, integers wrap, bools are 0 or 1. */
export function castScalar(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "int32") return Math.trunc(value) | 0;
  if (dtype === "uint8") return Math.trunc(value) & 255;
  return value !== 0 ? 1 : 0;
}

/** A fresh array of `dtype` with the elements of `data`. Floats are truncated towards zero, as PyTorch does. */
export function castArray(data: ArrayLike<number>, dtype: DType): TypedArray {
  const out = allocate(dtype, data.length);
  if (dtype === "float32") out.set(data);
  else for (let i = 0; i < out.length; i++) out[i] = castScalar(data[i] as number, dtype);
  return out;
}

export function dtypeOfArray(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  return data instanceof Int32Array ? "int32" : "uint8";
}
