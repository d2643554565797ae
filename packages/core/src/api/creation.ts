import { allocating } from "../base/allocating.ts";
import { isObject } from "../base/callable.ts";
import { castArray, castScalar, dtypeOfArray } from "../base/cast.ts";
import { checkConvertible } from "../base/convertible.ts";
import { defaultDtype } from "../base/default-dtype.ts";
import {
  allocate,
  DTYPES,
  type DType,
  type DTypeName,
  isFloat,
  isInteger,
  scalarTypeName,
  type TypedArray,
} from "../base/dtype.ts";
import { ArgumentTypeError, DTypeError, ShapeError, ValueError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { pythonRepr, pythonType } from "../base/python-repr.ts";
import { formatShape, numel, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { Device } from "../device/device.ts";
import { checkSupported } from "../device/dtypes.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { defaultGenerator } from "../random/default-generator.ts";
import type { Generator } from "../random/generator.ts";
import { normalOf } from "../random/normal.ts";
import { randint as drawIntegers } from "../random/randint.ts";
import { randperm as drawPermutation } from "../random/randperm.ts";
import { uniformOf } from "../random/uniform.ts";
import { made } from "../scope/temporaries.ts";
import { checkOperand, checkTensor, torchName } from "../tensor/arguments.ts";
import type { NestedArray } from "../tensor/nested-array.ts";
import { hostTensor, isTensor, type Tensor } from "../tensor/tensor.ts";
import { checkDType, checkTensorOptions } from "../tensor/tensor-options.ts";
import { getDefaultDevice } from "./default-device.ts";

export interface TensorOptions {
  /** Default: `float32`, or what `setDefaultDtype` has said. */
  readonly dtype?: DTypeName;
  /** Where the tensor goes. Default: `cpu`. */
  readonly device?: Device;
  /** Whether `backward` leaves a gradient here. Default: false. */
  readonly requiresGrad?: boolean;
}

export interface RandomOptions extends TensorOptions {
  /** Where random numbers come from. Default: the default generator, which `manualSeed` seeds. */
  readonly generator?: Generator;
}

function create(op: string, data: TypedArray, shape: Shape, dtype: DType, options: TensorOptions): Tensor {
  if (options.device !== undefined) checkSupported(op, options.device, dtype);
  const host = hostTensor(op, { data, offset: 0, length: data.length, steps: null }, [...shape], dtype, cpu);
  const { device = getDefaultDevice() } = options;
  const out = device === cpu ? made(host) : moveTo(host, device);
  out.op = op;
  return options.requiresGrad === true ? out.requiresGrad_() : out;
}

/**
 * Refuses sizes that are not in an array: `zeros(2, 3)`.
 *
 * @param position where they stand among PyTorch's parameters, from 1
 * @param next the argument after them, which is the second size if it is a number
 */
function checkSizes(op: string, sizes: unknown, position = 1, next?: unknown): void {
  if (Array.isArray(sizes)) return;
  const written = [sizes, next].filter((size) => typeof size === "number");
  throw new ArgumentTypeError(
    op,
    `${torchName(op)}(): argument 'size' (position ${position}) must be tuple of ints, not ${pythonType(sizes)}`,
    "",
    `Sizes are one array: [${written.length > 0 ? written.join(", ") : "2, 3"}].`,
  );
}

function checkShape(op: string, shape: Shape): Shape {
  const wrong = shape.find((size) => !Number.isInteger(size) || size < 0);
  if (wrong === undefined) return shape;
  throw new ShapeError(
    op,
    `Trying to create tensor with negative dimension ${wrong}`,
    formatShape(shape),
    "Sizes are whole numbers from 0 on.",
  );
}

/**
 * A tensor with these elements, copied: numbers are floats of the default dtype and booleans `bool` unless `dtype` says otherwise; a typed
 * array keeps its type, a `Float64Array` is `float64` and a `BigInt64Array` `int64`.
 *
 * @example tensor([[1, 2], [3, 4]]).sum(1)
 * @throws ShapeError when rows differ in length.
 * @throws DTypeError `value cannot be converted to type int32 without overflow`; a typed array is converted as `to` does.
 * @see https://pytorch.org/docs/stable/generated/torch.tensor.html
 */
export function tensor(data: NestedArray | TypedArray | BigInt64Array, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("tensor(data, options?)", arguments.length);
  const asked = checkTensorOptions("tensor", options);
  if (ArrayBuffer.isView(data)) {
    const dtype = asked ?? dtypeOfArray(data);
    return create("tensor", castArray(data, dtype), [data.length], dtype, options);
  }
  const shape: number[] = [];
  for (
    let level: NestedArray = data;
    Array.isArray(level);
    level = (level as readonly NestedArray[])[0] as NestedArray
  ) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const values: number[] = [];
  const kinds = new Set<string>();
  collect(data, shape, 0, values, kinds);
  const dtype = asked ?? (kinds.size === 1 && kinds.has("boolean") ? "bool" : defaultDtype());
  if (isInteger(dtype)) for (const value of values) checkConvertible("tensor", value, dtype);
  return create("tensor", castArray(values, dtype), shape, dtype, options);
}

function collect(data: NestedArray, shape: Shape, dim: number, values: number[], kinds: Set<string>): void {
  if (Array.isArray(data)) {
    if (dim >= shape.length || data.length !== shape[dim]) {
      throw new ShapeError(
        "tensor",
        `expected sequence of length ${shape[dim] ?? 0} at dim ${dim} (got ${data.length})`,
        "",
        "Every row must have as many elements as the first.",
      );
    }
    for (const element of data) collect(element, shape, dim + 1, values, kinds);
    return;
  }
  if (dim < shape.length || (typeof data !== "number" && typeof data !== "boolean")) {
    throw new ShapeError(
      "tensor",
      dim < shape.length ? `expected sequence of length ${shape[dim]} at dim ${dim}` : "must be real number",
      `got ${data === null ? "null" : isObject(data) ? "an object" : `${typeof data} ${String(data)}`}`,
      "Give numbers or booleans, nested in arrays of equal lengths.",
    );
  }
  kinds.add(typeof data);
  values.push(Number(data));
}

/**
 * A cpu tensor that looks into `data` without copying (`torch.from_numpy`). Do not write to the array afterwards. `dtype` says what the elements
 * are where several are held alike: bytes are `uint8` or `bool`, doubles `float64` or `int64`.
 */
export function fromBuffer(data: TypedArray, shape: Shape, options: { readonly dtype?: DTypeName } = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("fromBuffer(data, shape, options?)", arguments.length);
  checkOptions("fromBuffer", options, ["dtype"]);
  const asked = checkDType("fromBuffer", options.dtype);
  checkSizes("fromBuffer", shape, 2);
  if (numel(shape) !== data.length) {
    throw new ShapeError("fromBuffer", `shape '${formatShape(shape)}' is invalid for input of size ${data.length}`);
  }
  const dtype = asked ?? dtypeOfArray(data);
  if (!(data instanceof DTYPES[dtype].Array)) {
    throw new DTypeError(
      "fromBuffer",
      `the elements of ${dtype} are held in a ${DTYPES[dtype].Array.name}`,
      `got a ${data.constructor.name}`,
      "Use tensor(data, { dtype }), which converts.",
    );
  }
  return create("fromBuffer", data, checkShape("fromBuffer", shape), dtype, { device: cpu });
}

/** Every element `value`, a number or a scalar, which is read; of the default dtype unless `dtype` says otherwise. */
export function full(shape: Shape, value: number | Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("full(shape, value, options?)", arguments.length);
  checkSizes("full", shape);
  return filled("full", shape, value, options);
}

function filled(op: string, shape: Shape, given: number | Tensor, options: TensorOptions): Tensor {
  const dtype = checkTensorOptions(op, options) ?? defaultDtype();
  const value = fillValue(op, given);
  checkConvertible(op, value, dtype);
  const data = allocating(op, checkShape(op, shape), dtype, (count) => allocate(dtype, count));
  if (value !== 0) data.fill(castScalar(value, dtype));
  return create(op, data, shape, dtype, options);
}

/** The number that fills a tensor, read where it is a scalar tensor. */
function fillValue(op: string, value: number | Tensor): number {
  checkOperand(op, value, "fill_value", 2);
  if (!isTensor(value)) return value;
  value.check(op);
  if (value.ndim === 0) return value.itemSync();
  const rule = `${torchName(op)}(): argument 'fill_value' (position 2) must be Number, not Tensor`;
  throw new ArgumentTypeError(op, rule, `its shape is ${formatShape(value.shape)}`, "Give a scalar: value.sum(), say.");
}

export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("zeros(shape, options?)", arguments.length);
  checkSizes("zeros", shape, 1, options);
  return filled("zeros", shape, 0, options);
}

export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("ones(shape, options?)", arguments.length);
  checkSizes("ones", shape, 1, options);
  return filled("ones", shape, 1, options);
}

/** `start, start + step, ...` below `end`; `int64` when all three are whole numbers. One argument is `end`. */
export function arange(end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, step: number, options?: TensorOptions): Tensor;
export function arange(...args: (number | TensorOptions | undefined)[]): Tensor {
  if (arguments.length > 4) throw surplusArguments("arange(start, end?, step?, options?)", arguments.length);
  // Booleans are numbers, as in Python.
  const isNumber = (arg: unknown): boolean => typeof arg === "number" || typeof arg === "boolean";
  const numbers = args.filter(isNumber).map(Number);
  const options = (args.find((arg) => arg !== undefined && !isNumber(arg)) ?? {}) as TensorOptions;
  const asked = checkTensorOptions("arange", numbers.length > 3 ? (numbers[3] as never) : options);
  const [start, end, step] =
    numbers.length === 1 ? [0, numbers[0] as number, 1] : [numbers[0] as number, numbers[1] as number, numbers[2] ?? 1];
  if (step === 0) throw new ValueError("arange", "step must be nonzero");
  if (!Number.isFinite(start) || !Number.isFinite(end)) {
    throw new ValueError("arange", `unsupported range: ${pythonRepr(start)} -> ${pythonRepr(end)}`);
  }
  if ((end - start) / step < 0) {
    throw new ValueError(
      "arange",
      "upper bound and lower bound inconsistent with step sign",
      `got ${start}, ${end}, ${step}`,
    );
  }
  const dtype = asked ?? ([start, end, step].every(Number.isInteger) ? "int64" : defaultDtype());
  const length = Math.ceil((end - start) / step);
  if (isFloat(dtype)) return counted("arange", length, (i) => start + i * step, dtype, options);
  // As in PyTorch the length comes from the fractions, and whole numbers count in whole steps: 0, 0, 0, ... in steps of a half.
  const [first, stride] = [Math.trunc(start), Math.trunc(step)];
  return counted("arange", length, (i) => first + i * stride, dtype, options);
}

/** `steps` numbers from `start` to `end`, both included, equally far apart. The ends are numbers, or tensors of one that are read. */
export function linspace(
  start: number | Tensor,
  end: number | Tensor,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  if (arguments.length > 4) throw surplusArguments("linspace(start, end, steps, options?)", arguments.length);
  const dtype = checkTensorOptions("linspace", options) ?? defaultDtype();
  checkOperand("linspace", start, "start", 1);
  checkOperand("linspace", end, "end", 2);
  if (isTensor(start) || isTensor(end)) {
    return linspace(endOf("start", start), endOf("end", end), steps, options);
  }
  if (!Number.isInteger(steps) || steps < 0)
    throw new ValueError("linspace", "number of steps must be non-negative", `got ${steps}`);
  const [first, last] = [castScalar(start, dtype), castScalar(end, dtype)];
  const difference = steps > 1 ? (last - first) / (steps - 1) : 0;
  // Whole numbers in steps of double precision.
  const step = isFloat(dtype) ? castScalar(difference, dtype === "float64" ? dtype : "float32") : difference;
  // PyTorch counts from both ends so that the last is `end` itself.
  const half = Math.floor(steps / 2);
  const at = (i: number): number => (i < half || i === 0 ? first + step * i : last - step * (steps - 1 - i));
  return counted("linspace", steps, at, dtype, options);
}

/** An end of a range, read where it is a tensor. */
function endOf(name: string, end: number | Tensor): number {
  if (!isTensor(end)) return end;
  end.check("linspace");
  if (end.ndim === 0) return end.itemSync();
  const rule = `linspace only supports 0-dimensional start and end tensors, but got ${name} with ${end.ndim} dimension(s).`;
  throw new ShapeError("linspace", rule, `its shape is ${formatShape(end.shape)}`);
}

/** A vector of numbers given by their places, which rise or fall. */
function counted(op: string, length: number, at: (i: number) => number, dtype: DType, options: TensorOptions): Tensor {
  const data = allocating(op, [length], dtype, (count) => allocate(dtype, count));
  // Bytes wrap, as in PyTorch.
  if ((dtype === "int32" || dtype === "int64") && length > 0)
    for (const i of [0, length - 1]) checkConvertible(op, at(i), dtype);
  for (let i = 0; i < length; i++) data[i] = castScalar(at(i), dtype);
  return create(op, data, [length], dtype, options);
}

/** The identity matrix, `[n, m]`. */
export function eye(n: number, m: number | TensorOptions = n, options: TensorOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("eye(n, m?, options?)", arguments.length);
  const columns = typeof m === "number" ? m : n;
  const given = typeof m === "number" ? options : m;
  const dtype = checkTensorOptions("eye", given) ?? defaultDtype();
  for (const [name, size] of Object.entries({ n, m: columns })) {
    if (size < 0) throw new ShapeError("eye", `${name} must be greater or equal to 0, got ${size}`);
  }
  checkShape("eye", [n, columns]);
  const data = allocating("eye", [n, columns], dtype, (count) => allocate(dtype, count));
  for (let i = 0; i < Math.min(n, columns); i++) data[i * columns + i] = 1;
  return create("eye", data, [n, columns], dtype, given);
}

function checkFloats(op: string, sampler: string, dtype: DType): void {
  if (isFloat(dtype)) return;
  throw new DTypeError(
    op,
    `"${sampler}" not implemented for '${scalarTypeName(dtype)}'`,
    "",
    "Draw floats, or randint.",
  );
}

/** Uniform on [0, 1): PyTorch's bits for the same seed. */
export function rand(shape: Shape, options: RandomOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("rand(shape, options?)", arguments.length);
  checkSizes("rand", shape, 1, options);
  const dtype = checkTensorOptions("rand", options, { random: true }) ?? defaultDtype();
  checkFloats("rand", "check_uniform_bounds", dtype);
  const generator = options.generator ?? defaultGenerator();
  const data = allocating("rand", checkShape("rand", shape), dtype, (count) =>
    uniformOf(generator, count, 0, 1, dtype),
  );
  return create("rand", data, shape, dtype, options);
}

/** Normal with mean 0 and standard deviation 1: PyTorch's bits up to 15 elements, within 1e-6 above. */
export function randn(shape: Shape, options: RandomOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("randn(shape, options?)", arguments.length);
  checkSizes("randn", shape, 1, options);
  const dtype = checkTensorOptions("randn", options, { random: true }) ?? defaultDtype();
  checkFloats("randn", "normal_kernel_cpu", dtype);
  const generator = options.generator ?? defaultGenerator();
  const data = allocating("randn", checkShape("randn", shape), dtype, (count) =>
    normalOf(generator, count, 0, 1, dtype),
  );
  return create("randn", data, shape, dtype, options);
}

/** Whole numbers of `[low, high)`, from 0 where `low` is omitted, `int64` unless `dtype` says otherwise. */
export function randint(high: number, shape: Shape, options?: RandomOptions): Tensor;
export function randint(low: number, high: number, shape: Shape, options?: RandomOptions): Tensor;
export function randint(...given: readonly (number | Shape | RandomOptions | undefined)[]): Tensor {
  if (arguments.length > 4) throw surplusArguments("randint(low, high, shape, options?)", arguments.length);
  // Options in the third place, or sizes in the second: there is no lower bound.
  const fromZero = Array.isArray(given[1]) || (isObject(given[2]) && !Array.isArray(given[2]));
  const [low, high, shape, options = {}] = (fromZero ? [0, ...given] : given) as [
    number,
    number,
    Shape,
    RandomOptions?,
  ];
  const dtype = checkTensorOptions("randint", options, { random: true }) ?? "int64";
  checkSizes("randint", shape, fromZero ? 2 : 3);
  const generator = options.generator ?? defaultGenerator();
  const draw = (count: number) => drawIntegers(generator, count, low, high, dtype);
  return create("randint", allocating("randint", checkShape("randint", shape), dtype, draw), shape, dtype, options);
}

/** `0, 1, ..., n - 1` in random order. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("randperm(n, options?)", arguments.length);
  const dtype = checkTensorOptions("randperm", options, { random: true }) ?? "int64";
  const generator = options.generator ?? defaultGenerator();
  const data = allocating("randperm", [n], "int32", () => drawPermutation(generator, n));
  return create("randperm", dtype === "int32" ? data : castArray(data, dtype), [n], dtype, options);
}

function like(op: string, x: Tensor, options: TensorOptions, random = false): TensorOptions {
  checkTensorOptions(op, options, { random });
  return { dtype: x.dtype, device: x.device, ...options };
}

export function zerosLike(x: Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("zerosLike(x, options?)", arguments.length);
  checkTensor("zerosLike", x);
  return filled("zerosLike", x.shape, 0, like("zerosLike", x, options));
}

export function onesLike(x: Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("onesLike(x, options?)", arguments.length);
  checkTensor("onesLike", x);
  return filled("onesLike", x.shape, 1, like("onesLike", x, options));
}

export function fullLike(x: Tensor, value: number | Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("fullLike(x, value, options?)", arguments.length);
  checkTensor("fullLike", x);
  return filled("fullLike", x.shape, value, like("fullLike", x, options));
}

/** Not initialised in PyTorch; zeros here. */
export function emptyLike(x: Tensor, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("emptyLike(x, options?)", arguments.length);
  checkTensor("emptyLike", x);
  return filled("emptyLike", x.shape, 0, like("emptyLike", x, options));
}

export function empty(shape: Shape, options: TensorOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("empty(shape, options?)", arguments.length);
  checkSizes("empty", shape, 1, options);
  return filled("empty", shape, 0, options);
}

export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("randLike(x, options?)", arguments.length);
  checkTensor("randLike", x);
  return rand(x.shape, like("randLike", x, options, true));
}

export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("randnLike(x, options?)", arguments.length);
  checkTensor("randnLike", x);
  return randn(x.shape, like("randnLike", x, options, true));
}
