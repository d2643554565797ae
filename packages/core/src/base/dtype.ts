import { roundToBFloat16, roundToHalf } from "./half.ts";

/** A row of the table of dtypes. */
interface DTypeInfo {
  readonly kind: "bool" | "integer" | "float";
  /** Bytes an element, in files and as PyTorch counts them. */
  readonly bytes: number;
  /** The order in which PyTorch promotes, from the narrowest to the widest. Two of a rank meet in what both fit into: see `promote`. */
  readonly rank: number;
  /** How elements are held in JavaScript. */
  readonly Array:
    | typeof Float64Array
    | typeof Float32Array
    | typeof Int32Array
    | typeof Int16Array
    | typeof Int8Array
    | typeof Uint8Array;
  /** The least finite element, and the largest. */
  readonly range: readonly [least: number, largest: number];
  /** The integers that `randint` may draw. */
  readonly drawn: readonly [least: number, most: number];
  /** The greatest integer that `random_()` draws. */
  readonly random: number;
  /** Its dtype in backends of TensorFlow.js. They have no narrow integers: these are `int32` there, and wrap when they are cast. */
  readonly tfjs: "float32" | "int32" | "bool";
  /** PyTorch's name of the dtype in error messages: `expected scalar type Long but found Float`. */
  readonly torch: string;
  /** C++'s names of it, which others of PyTorch's messages have: of the type, and of what a value converts to. */
  readonly cpp: { readonly type: string; readonly value: string };
  /** @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types */
  readonly onnx: number;
  readonly safetensors: string;
  /** PyTorch's other names of it. */
  readonly alias: readonly string[];
  /**
   * A number as an element: floats are rounded, integers wrap, bools are 0 or 1. NaN and infinities become the least integer, as in PyTorch.
   * `true` comes here too, from ops that take numbers.
   */
  readonly cast: (value: number) => number;
}

const LEAST_INT32 = -(2 ** 31);

/** Every double below 2^63 is a whole number without its fraction; others become the least, as in C++. */
function toInt64(value: number): number {
  // + 0: there is no negative zero among whole numbers.
  return Math.abs(value) < 2 ** 63 ? Math.trunc(value) + 0 : -(2 ** 63);
}

/**
 * Every dtype, a row each. `int64` holds labels and indices, `uint8` images, `bool` masks. JavaScript has no array of 64-bit integers that
 * are plain numbers: those of `int64` are held as doubles, which are exact up to 2^53; whatever would go beyond is refused. `float16`
 * and `bfloat16` are held as the floats that they are, and computed with in single precision.
 */
export const DTYPES = {
  bool: {
    kind: "bool",
    bytes: 1,
    rank: 0,
    Array: Uint8Array,
    range: [0, 1],
    drawn: [0, 1],
    random: 1,
    tfjs: "bool",
    torch: "Bool",
    cpp: { type: "bool", value: "bool" },
    onnx: 9,
    safetensors: "BOOL",
    alias: ["boolean"],
    cast: (value) => (Number(value) !== 0 ? 1 : 0),
  },
  uint8: {
    kind: "integer",
    bytes: 1,
    rank: 1,
    Array: Uint8Array,
    range: [0, 255],
    drawn: [0, 255],
    random: 255,
    tfjs: "int32",
    torch: "Byte",
    cpp: { type: "unsigned char", value: "uint8_t" },
    onnx: 2,
    safetensors: "U8",
    alias: ["byte"],
    cast: (value) => Math.trunc(value) & 255,
  },
  int8: {
    kind: "integer",
    bytes: 1,
    rank: 1,
    Array: Int8Array,
    range: [-128, 127],
    drawn: [-128, 127],
    random: 127,
    tfjs: "int32",
    torch: "Char",
    cpp: { type: "signed char", value: "int8_t" },
    onnx: 3,
    safetensors: "I8",
    alias: ["char"],
    cast: (value) => (Math.trunc(value) << 24) >> 24,
  },
  int16: {
    kind: "integer",
    bytes: 2,
    rank: 2,
    Array: Int16Array,
    range: [-(2 ** 15), 2 ** 15 - 1],
    drawn: [-(2 ** 15), 2 ** 15 - 1],
    random: 2 ** 15 - 1,
    tfjs: "int32",
    torch: "Short",
    cpp: { type: "short int", value: "int16_t" },
    onnx: 5,
    safetensors: "I16",
    alias: ["short"],
    cast: (value) => (Math.trunc(value) << 16) >> 16,
  },
  int32: {
    kind: "integer",
    bytes: 4,
    rank: 3,
    Array: Int32Array,
    range: [-(2 ** 31), 2 ** 31 - 1],
    drawn: [-(2 ** 31), 2 ** 31 - 1],
    random: 2 ** 31 - 1,
    tfjs: "int32",
    torch: "Int",
    cpp: { type: "int", value: "int" },
    onnx: 6,
    safetensors: "I32",
    alias: ["int"],
    cast: (value) => (Number.isFinite(Number(value)) ? Math.trunc(value) | 0 : LEAST_INT32),
  },
  int64: {
    kind: "integer",
    bytes: 8,
    rank: 4,
    Array: Float64Array,
    range: [-(2 ** 53 - 1), 2 ** 53 - 1],
    drawn: [-(2 ** 53 - 1), 2 ** 53 - 1],
    random: 2 ** 63,
    tfjs: "int32",
    torch: "Long",
    cpp: { type: "long int", value: "int64_t" },
    onnx: 7,
    safetensors: "I64",
    alias: ["long"],
    cast: toInt64,
  },
  float16: {
    kind: "float",
    bytes: 2,
    rank: 5,
    Array: Float32Array,
    range: [-65504, 65504],
    drawn: [-65504, 65504],
    random: 2 ** 11,
    tfjs: "float32",
    torch: "Half",
    cpp: { type: "c10::Half", value: "c10::Half" },
    onnx: 10,
    safetensors: "F16",
    alias: ["half"],
    cast: roundToHalf,
  },
  bfloat16: {
    kind: "float",
    bytes: 2,
    rank: 5,
    Array: Float32Array,
    range: [-(2 ** 128 - 2 ** 120), 2 ** 128 - 2 ** 120],
    drawn: [-(2 ** 53 - 1), 2 ** 53 - 1],
    random: 2 ** 8,
    tfjs: "float32",
    torch: "BFloat16",
    cpp: { type: "c10::BFloat16", value: "c10::BFloat16" },
    onnx: 16,
    safetensors: "BF16",
    alias: [],
    cast: roundToBFloat16,
  },
  float32: {
    kind: "float",
    bytes: 4,
    rank: 6,
    Array: Float32Array,
    range: [-(2 ** 128 - 2 ** 104), 2 ** 128 - 2 ** 104],
    drawn: [-(2 ** 53 - 1), 2 ** 53 - 1],
    random: 2 ** 24,
    tfjs: "float32",
    torch: "Float",
    cpp: { type: "float", value: "float" },
    onnx: 1,
    safetensors: "F32",
    alias: ["float"],
    cast: Math.fround,
  },
  float64: {
    kind: "float",
    bytes: 8,
    rank: 7,
    Array: Float64Array,
    range: [-Number.MAX_VALUE, Number.MAX_VALUE],
    drawn: [-(2 ** 53 - 1), 2 ** 53 - 1],
    random: 2 ** 53,
    tfjs: "float32",
    torch: "Double",
    cpp: { type: "double", value: "double" },
    onnx: 11,
    safetensors: "F64",
    alias: ["double"],
    cast: Number,
  },
} as const satisfies Record<string, DTypeInfo>;

/** The type of the elements. */
export type DType = keyof typeof DTYPES;

/** How the elements of a dtype are held in JavaScript. */
export type ArrayOf<D extends DType> = (typeof DTYPES)[D]["Array"]["prototype"];
export type TypedArray = ArrayOf<DType>;

/** The names of all dtypes, in the order of promotion. */
export const DTYPE_NAMES: readonly DType[] = Object.keys(DTYPES) as DType[];

/** A dtype of floats. */
export type FloatDType = { [D in DType]: (typeof DTYPES)[D]["kind"] extends "float" ? D : never }[DType];

/** A name that PyTorch has for a dtype: `int64`, `long`. */
export type DTypeName = DType | (typeof DTYPES)[DType]["alias"][number];

const BY_NAME: ReadonlyMap<unknown, DType> = new Map(
  DTYPE_NAMES.flatMap((dtype) => [dtype, ...DTYPES[dtype].alias].map((name) => [name, dtype] as const)),
);

/** The dtype of this name; undefined if there is none. */
export function dtypeNamed(name: unknown): DType | undefined {
  return BY_NAME.get(name);
}

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(DTYPES, value);
}

export function isFloat(dtype: DType): boolean {
  return DTYPES[dtype].kind === "float";
}

/** Whether it is an integer dtype; `bool` is none. */
export function isInteger(dtype: DType): boolean {
  return DTYPES[dtype].kind === "integer";
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
