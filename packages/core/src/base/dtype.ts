import { DTypeError } from "./errors.ts";

/** A row of the table of dtypes. */
interface DTypeInfo {
  readonly kind: "bool" | "integer" | "float";
  /** Bytes an element. */
  readonly bytes: number;
  /** The order in which PyTorch promotes, from the narrowest to the widest. */
  readonly rank: number;
  /** How elements are held in JavaScript. */
  readonly Array: typeof Float32Array | typeof Int32Array | typeof Uint8Array;
  /** The largest finite element. */
  readonly largest: number;
  /** The integers that `randint` may draw. */
  readonly drawn: readonly [least: number, most: number];
  /** The greatest integer that `random_()` draws. */
  readonly random: number;
  /** Its dtype in backends of TensorFlow.js. They have no bytes: these are `int32` there, and wrap at 256 when they are cast. */
  readonly tfjs: "float32" | "int32" | "bool";
  /** PyTorch's name of the dtype in error messages: `expected scalar type Long but found Float`. */
  readonly torch: string;
  /** C++'s names of it, which others of PyTorch's messages have: of the type, of what a value converts to, of what is drawn. */
  readonly cpp: { readonly type: string; readonly value: string; readonly drawn: string };
  /** @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types */
  readonly onnx: number;
  readonly safetensors: string;
  /** PyTorch's other names of it, and the names of dtypes that are not here and that it stands for. */
  readonly standsFor: readonly string[];
}

/**
 * Every dtype, a row each. `int32` holds labels and indices (PyTorch's int64 there, whose name it has in messages), `uint8` images,
 * `bool` masks: both are bytes.
 */
export const DTYPES = {
  bool: {
    kind: "bool",
    bytes: 1,
    rank: 0,
    Array: Uint8Array,
    largest: Number.POSITIVE_INFINITY,
    drawn: [0, 1],
    random: 1,
    tfjs: "bool",
    torch: "Bool",
    cpp: { type: "bool", value: "bool", drawn: "bool" },
    onnx: 9,
    safetensors: "BOOL",
    standsFor: ["boolean"],
  },
  uint8: {
    kind: "integer",
    bytes: 1,
    rank: 1,
    Array: Uint8Array,
    largest: 255,
    drawn: [0, 255],
    random: 255,
    tfjs: "int32",
    torch: "Byte",
    cpp: { type: "unsigned char", value: "uint8_t", drawn: "unsigned char" },
    onnx: 2,
    safetensors: "U8",
    standsFor: ["byte"],
  },
  int32: {
    kind: "integer",
    bytes: 4,
    rank: 2,
    Array: Int32Array,
    largest: 2 ** 31 - 1,
    drawn: [-(2 ** 31), 2 ** 31 - 1],
    random: 2 ** 31 - 1,
    tfjs: "int32",
    torch: "Long",
    cpp: { type: "long int", value: "int", drawn: "int" },
    onnx: 6,
    safetensors: "I32",
    standsFor: ["int64", "long", "int", "int16"],
  },
  float32: {
    kind: "float",
    bytes: 4,
    rank: 3,
    Array: Float32Array,
    largest: 2 ** 128 - 2 ** 104,
    drawn: [-(2 ** 31), 2 ** 31 - 1],
    random: 2 ** 24,
    tfjs: "float32",
    torch: "Float",
    cpp: { type: "float", value: "float", drawn: "float" },
    onnx: 1,
    safetensors: "F32",
    standsFor: ["float", "float64", "double", "float16", "bfloat16"],
  },
} as const satisfies Record<string, DTypeInfo>;

/** The type of the elements. */
export type DType = keyof typeof DTYPES;

/** How the elements of a dtype are held in JavaScript. */
export type ArrayOf<D extends DType> = (typeof DTYPES)[D]["Array"]["prototype"];
export type TypedArray = ArrayOf<DType>;

/** The names of all dtypes, in the order of promotion. */
export const DTYPE_NAMES: readonly DType[] = (Object.keys(DTYPES) as DType[]).sort(
  (a, b) => DTYPES[a].rank - DTYPES[b].rank,
);

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(DTYPES, value);
}

export function isFloat(dtype: DType): boolean {
  return DTYPES[dtype].kind === "float";
}

export function bytesPerElement(dtype: DType): number {
  return DTYPES[dtype].bytes;
}

/** PyTorch's name of the dtype in error messages (`expected scalar type Long but found Float`). */
export function scalarTypeName(dtype: DType): string {
  return DTYPES[dtype].torch;
}

/** C++'s name of the dtype, which some of PyTorch's messages have. */
export function cppTypeName(dtype: DType): string {
  return DTYPES[dtype].cpp.type;
}

export function allocate(dtype: DType, length: number): TypedArray {
  return new DTYPES[dtype].Array(length);
}

/** The wider of two dtypes (`torch.promote_types`). */
export function promote(a: DType, b: DType): DType {
  return DTYPES[a].rank >= DTYPES[b].rank ? a : b;
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
    else if (category(widest) > category(result)) result = widest;
  }
  return result ?? "float32";
}

/** PyTorch's categories: a scalar or a zero-dimensional tensor widens another only by category. */
const CATEGORIES = { bool: 0, integer: 1, float: 2 } as const;
const category = (dtype: DType): number => CATEGORIES[DTYPES[dtype].kind];

/** The dtype that a plain JavaScript value stands for: JavaScript has one number type, so `2.0` is an integer. */
export function dtypeOfScalar(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int32" : "float32";
}

/**
 * One element as the dtype holds it: floats are rounded to single precision, integers wrap, bools are 0 or 1. NaN and infinities become
 * the least `int32`, as in PyTorch.
 */
export function castScalar(value: number, dtype: DType): number {
  // One that is missing here does not compile.
  switch (dtype) {
    case "float32":
      return Math.fround(value);
    case "int32":
      // `true` comes here too, from ops that take numbers.
      return Number.isFinite(Number(value)) ? Math.trunc(value) | 0 : -(2 ** 31);
    case "uint8":
      return Math.trunc(value) & 255;
    case "bool":
      return Number(value) !== 0 ? 1 : 0;
  }
}

/** A fresh array of `dtype` with the elements of `data`. Floats are truncated towards zero, as PyTorch does. */
export function castArray(data: ArrayLike<number>, dtype: DType): TypedArray {
  if (ArrayBuffer.isView(data) && !holdsNumbers(data)) throw noTensor(data);
  const out = allocate(dtype, data.length);
  if (isFloat(dtype)) out.set(data);
  else for (let i = 0; i < out.length; i++) out[i] = castScalar(data[i] as number, dtype);
  return out;
}

/**
 * The dtype of elements that come without one: bytes are numbers.
 *
 * @throws DTypeError for an array whose elements no dtype holds as they are: `can't convert an array of type Uint16Array`
 */
export function dtypeOfArray(data: TypedArray): DType {
  const found = DTYPE_NAMES.find((dtype) => dtype !== "bool" && data instanceof DTYPES[dtype].Array);
  if (found === undefined) throw noTensor(data);
  return found;
}

/** Not a view of bytes without elements, and not big integers. */
function holdsNumbers(data: ArrayBufferView): boolean {
  return !(data instanceof DataView || data instanceof BigInt64Array || data instanceof BigUint64Array);
}

function noTensor(data: unknown): DTypeError {
  const { name } = (data as object).constructor;
  const wayOut =
    data instanceof DataView
      ? "Read its elements first, or its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength)."
      : /^Big/.test(name)
        ? "Convert it: Int32Array.from(data, Number)."
        : name === "Uint8ClampedArray"
          ? "Look into its bytes: new Uint8Array(data.buffer, data.byteOffset, data.length)."
          : "Convert it: Int32Array.from(data) or Float32Array.from(data).";
  return new DTypeError(
    "tensor",
    `can't convert an array of type ${name}. The only supported types are: Float32Array, Float64Array, Int32Array and Uint8Array`,
    "",
    wayOut,
  );
}
