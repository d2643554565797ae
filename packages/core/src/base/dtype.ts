import { DTypeError } from "./errors.ts";
import { shared } from "./global.ts";
import { roundToBFloat16, roundToHalf } from "./half.ts";
import { checkExact } from "./whole-numbers.ts";

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
  },
} as const satisfies Record<string, DTypeInfo>;

/** The type of the elements. */
export type DType = keyof typeof DTYPES;

/** How the elements of a dtype are held in JavaScript. */
export type ArrayOf<D extends DType> = (typeof DTYPES)[D]["Array"]["prototype"];
export type TypedArray = ArrayOf<DType>;

/** The names of all dtypes, in the order of promotion. */
export const DTYPE_NAMES: readonly DType[] = Object.keys(DTYPES) as DType[];

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

/** The narrowest dtype that both convert to (`torch.promote_types`). */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [first, second] = [DTYPES[a], DTYPES[b]];
  if (first.rank !== second.rank) return first.rank > second.rank ? a : b;
  // Neither holds the other's elements.
  return first.kind === "float" ? "float32" : "int16";
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
  return result ?? defaults.dtype;
}

/** PyTorch's categories: a scalar or a zero-dimensional tensor widens another only by category. */
const CATEGORIES = { bool: 0, integer: 1, float: 2 } as const;
const category = (dtype: DType): number => CATEGORIES[DTYPES[dtype].kind];

/** The dtype that a plain JavaScript value stands for: JavaScript has one number type, so `2.0` is an integer. */
export function dtypeOfScalar(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int64" : defaults.dtype;
}

/** A dtype of floats. */
export type FloatDType = { [D in DType]: (typeof DTYPES)[D]["kind"] extends "float" ? D : never }[DType];

/** What floats are unless something else is asked for: see `setDefaultDtype`. */
const defaults = shared<{ dtype: FloatDType }>("defaultDtype", () => ({ dtype: "float32" }));

/** @internal */
export function defaultDtype(): FloatDType {
  return defaults.dtype;
}

/** @internal */
export function changeDefaultDtype(dtype: FloatDType): void {
  defaults.dtype = dtype;
}

/** The dtype of a float computed from `dtype`: itself, and the default for whole numbers and bools. */
export function floatOf(dtype: DType): DType {
  return isFloat(dtype) ? dtype : defaults.dtype;
}

/** The dtype of whole numbers that are summed up: floats keep theirs, all others are counted in `int64`. */
export function sumOf(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "int64";
}

const LEAST_INT32 = -(2 ** 31);

/**
 * One element as the dtype holds it: floats are rounded, integers wrap, bools are 0 or 1. NaN and infinities become the least integer, as
 * in PyTorch.
 */
export function castScalar(value: number, dtype: DType): number {
  // One that is missing here does not compile.
  switch (dtype) {
    case "float64":
      return Number(value);
    case "float32":
      return Math.fround(value);
    case "float16":
      return roundToHalf(value);
    case "bfloat16":
      return roundToBFloat16(value);
    case "int64":
      return toInt64(value);
    case "int32":
      // `true` comes here too, from ops that take numbers.
      return Number.isFinite(Number(value)) ? Math.trunc(value) | 0 : LEAST_INT32;
    case "int16":
      return (Math.trunc(value) << 16) >> 16;
    case "int8":
      return (Math.trunc(value) << 24) >> 24;
    case "uint8":
      return Math.trunc(value) & 255;
    case "bool":
      return Number(value) !== 0 ? 1 : 0;
  }
}

/** Every double below 2^63 is a whole number without its fraction; others become the least, as in C++. */
function toInt64(value: number): number {
  // + 0: there is no negative zero among whole numbers.
  return Math.abs(value) < 2 ** 63 ? Math.trunc(value) + 0 : -(2 ** 63);
}

/**
 * A fresh array of `dtype` with the elements of `data`. Floats are truncated towards zero, as PyTorch does.
 *
 * @throws DTypeError for an array whose elements are no numbers
 */
export function castArray(data: ArrayLike<number> | BigInt64Array, dtype: DType): TypedArray {
  if (data instanceof BigInt64Array) return castArray(numbersOf(data), dtype);
  if (ArrayBuffer.isView(data) && !holdsNumbers(data)) throw noTensor(data);
  const out = allocate(dtype, data.length);
  // Typed arrays round floats to single precision by themselves.
  if (dtype === "float32" || dtype === "float64") out.set(data);
  else for (let i = 0; i < out.length; i++) out[i] = castScalar(data[i] as number, dtype);
  return out;
}

/** The elements of a tensor of another dtype. Of floats, integers up to `int32` see 32 bits, and the least where they do not fit, as in C++. */
export function castElements(data: TypedArray, from: DType, to: DType): TypedArray {
  const narrow = isInteger(to) && to !== "int64" && isFloat(from);
  return castArray(narrow ? saturated(data) : data, to);
}

function saturated(data: TypedArray): Int32Array {
  const out = new Int32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    out[i] = value > LEAST_INT32 - 1 && value < -LEAST_INT32 ? value : LEAST_INT32;
  }
  return out;
}

/** @throws DTypeError for a whole number beyond 2^53, which would become another. */
function numbersOf(data: BigInt64Array): Float64Array {
  return Float64Array.from(data, (value) => checkExact("tensor", Number(value)));
}

/** The arrays whose elements a dtype holds as they are. Bytes are numbers, and doubles floats. */
const DTYPE_OF_ARRAY: readonly (readonly [constructor: (typeof DTYPES)[DType]["Array"], dtype: DType])[] = [
  [Float32Array, "float32"],
  [Uint8Array, "uint8"],
  [Int32Array, "int32"],
  [Float64Array, "float64"],
  [Int16Array, "int16"],
  [Int8Array, "int8"],
];

/**
 * The dtype of elements that come without one: bytes are numbers.
 *
 * @throws DTypeError for an array whose elements no dtype holds as they are: `can't convert an array of type Uint16Array`
 */
export function dtypeOfArray(data: TypedArray | BigInt64Array): DType {
  if (data instanceof BigInt64Array) return "int64";
  const found = DTYPE_OF_ARRAY.find(([kind]) => data instanceof kind);
  if (found === undefined) throw noTensor(data);
  return found[1];
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
        ? "Convert it: BigInt64Array.from(data)."
        : name === "Uint8ClampedArray"
          ? "Look into its bytes: new Uint8Array(data.buffer, data.byteOffset, data.length)."
          : "Convert it: Int32Array.from(data) or Float32Array.from(data).";
  return new DTypeError(
    "tensor",
    `can't convert an array of type ${name}. The only supported types are: Float64Array, Float32Array, BigInt64Array, Int32Array, Int16Array, Int8Array and Uint8Array`,
    "",
    wayOut,
  );
}
