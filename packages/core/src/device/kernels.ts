import type { Operand } from "./operand.ts";

// The vocabulary of kernels: what core asks of a device, with the types of what each takes. Kernels are named nowhere else. How TensorFlow.js
// spells them is said in tfjs/spelling.ts, and how ONNX does in the lowering table of @kindling/onnx. Those of `FusedKernels` are optional.

type NoAttributes = Readonly<Record<never, never>>;

/** Each element from the one at its place. Integers are `int32` or `int64` when they come here, and masks `int32` or `bool`. */
interface Unary {
  readonly trait: "pointwise";
  readonly inputs: { readonly x: Operand };
  readonly attrs: NoAttributes;
}

/** Each element from the two at its place; the operands broadcast. */
interface Binary {
  readonly trait: "pointwise";
  readonly inputs: { readonly a: Operand; readonly b: Operand };
  readonly attrs: NoAttributes;
}

/** The elements of `dims` become one, or none where `keepdim` is false. */
interface Reduction {
  readonly trait: "reduces";
  readonly inputs: { readonly x: Operand };
  readonly attrs: { readonly dims: readonly number[]; readonly keepdim: boolean };
}

/** The elements of one dimension become the position of one of them, of the integer dtype that is asked for. */
interface Position {
  readonly trait: "locates";
  readonly inputs: { readonly x: Operand };
  readonly attrs: { readonly dim: number };
}

/** Numbers for height and width. */
type Pair = readonly [height: number, width: number];

/** How a convolution walks over an image; `padding` stands on both sides. */
type ConvolutionAttributes = {
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
};

/**
 * How a pooling walks over an image. The padding, `[[top, bottom], [left, right]]`, never wins. Of equals the first, row by row, is the
 * largest.
 */
type PoolingAttributes = {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: readonly [rows: Pair, columns: Pair];
};

/** Images are `[N, C, H, W]` and weights `[O, C / groups, kh, kw]`, however a device keeps them inside. */
interface Images<Inputs extends string, Attributes> {
  readonly trait: "images";
  readonly inputs: Readonly<Record<Inputs, Operand>>;
  readonly attrs: Attributes;
}

/** Kernels that every device has, by name. Results have the shapes and dtypes that the caller states. */
export interface BasicKernels {
  // --- pointwise, one operand ---------------------------------------------------------------------------------------
  abs: Unary;
  /** To the dtype of the result. Floats are truncated towards zero, and bytes wrap at 256. */
  cast: Unary;
  atan: Unary;
  ceil: Unary;
  cos: Unary;
  erf: Unary;
  exp: Unary;
  expm1: Unary;
  floor: Unary;
  isfinite: Unary;
  isinf: Unary;
  isnan: Unary;
  log: Unary;
  log1p: Unary;
  logicalNot: Unary;
  neg: Unary;
  reciprocal: Unary;
  relu: Unary;
  /** Halves go to the even neighbour. */
  round: Unary;
  rsqrt: Unary;
  sigmoid: Unary;
  sign: Unary;
  sin: Unary;
  sqrt: Unary;
  square: Unary;
  /** 0 where `x` is at most 0, else 1: for NaN too. */
  step: Unary;
  tanh: Unary;

  // --- pointwise, two operands or three -----------------------------------------------------------------------------
  add: Binary;
  div: Binary;
  eq: Binary;
  /** `a / b` rounded down, as Python's `//`: exact, though the quotient is not. */
  floorDivide: Binary;
  ge: Binary;
  gt: Binary;
  le: Binary;
  logicalAnd: Binary;
  logicalOr: Binary;
  lt: Binary;
  maximum: Binary;
  minimum: Binary;
  mul: Binary;
  ne: Binary;
  pow: Binary;
  /** With the sign of the divisor, as Python's `%`. */
  remainder: Binary;
  sub: Binary;
  /** `a` where `condition` holds, `b` elsewhere; all of one shape. */
  where: {
    readonly trait: "pointwise";
    readonly inputs: { readonly condition: Operand; readonly a: Operand; readonly b: Operand };
    readonly attrs: NoAttributes;
  };

  // --- over dimensions ----------------------------------------------------------------------------------------------
  all: Reduction;
  amax: Reduction;
  amin: Reduction;
  any: Reduction;
  prod: Reduction;
  sum: Reduction;
  /** The first of equals; NaN is larger than everything. */
  argmax: Position;
  /** The first of equals; NaN is smaller than everything. */
  argmin: Position;
  /** The sums of the elements so far along `dim`; from the end where `reverse` is true. */
  cumsum: {
    readonly trait: "scans";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly dim: number; readonly reverse: boolean };
  };
  /** `exp(x) / Σ exp(x)` over the last dimension. */
  softmax: {
    readonly trait: "rows";
    readonly inputs: { readonly x: Operand };
    readonly attrs: NoAttributes;
  };
  /** Two results: the `k` largest of the last dimension in descending order, and where they stood (`int64`). NaN is larger than everything. */
  topk: {
    readonly trait: "rows";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly k: number };
  };

  // --- products -----------------------------------------------------------------------------------------------------
  /**
   * The product of two matrices, or of two equally long batches of them, either of which may be read transposed; `bias`, a row of the
   * result, is added to every row.
   */
  matmul: {
    readonly trait: "multiplies";
    readonly inputs: { readonly a: Operand; readonly b: Operand; readonly bias?: Operand };
    readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean };
  };

  // --- movement -----------------------------------------------------------------------------------------------------
  /** The operands one after the other along `dim`. */
  cat: {
    readonly trait: "joins";
    readonly inputs: readonly Operand[];
    readonly attrs: { readonly dim: number };
  };
  /** The order along `dims` reversed. */
  flip: {
    readonly trait: "flips";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly dims: readonly number[] };
  };
  /** `value` around `x`: for each dimension, how often before and after. */
  pad: {
    readonly trait: "pads";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly padding: readonly (readonly [before: number, after: number])[]; readonly value: number };
  };
  /** Dimension `i` of the result is dimension `dims[i]` of `x`. */
  permute: {
    readonly trait: "permutes";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly dims: readonly number[] };
  };
  /** `size` elements along each dimension, from `begin` on. */
  slice: {
    readonly trait: "slices";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly begin: readonly number[]; readonly size: readonly number[] };
  };
  /** `x` side by side, `repeats[i]` times along dimension `i`. */
  tile: {
    readonly trait: "repeats";
    readonly inputs: { readonly x: Operand };
    readonly attrs: { readonly repeats: readonly number[] };
  };

  // --- indices (`int32`, of any shape, all within bounds) -----------------------------------------------------------
  /** 1 at the index and 0 elsewhere, in a new last dimension of size `depth`. */
  oneHot: {
    readonly trait: "expands";
    readonly inputs: { readonly index: Operand };
    readonly attrs: { readonly depth: number };
  };
  /** The rows of `x` (its first dimension) that `index` names: `[*index, *x.shape[1:]]`. */
  take: {
    readonly trait: "gathers";
    readonly inputs: { readonly x: Operand; readonly index: Operand };
    readonly attrs: NoAttributes;
  };
  /** Zeros, and in the rows that `index` (one-dimensional) names those of `updates`; rows named twice add up. */
  scatterRows: {
    readonly trait: "scatters";
    readonly inputs: { readonly updates: Operand; readonly index: Operand };
    readonly attrs: NoAttributes;
  };

  // --- images -------------------------------------------------------------------------------------------------------
  conv2d: Images<"x" | "weight", ConvolutionAttributes>;
  /** The image's gradient: a transposed convolution. */
  conv2dInput: Images<"grad" | "weight", ConvolutionAttributes>;
  conv2dWeight: Images<"x" | "grad", ConvolutionAttributes>;
  maxPool2d: Images<"x", PoolingAttributes>;
  /** The gradient of `x`, whose largest elements are `y`. */
  maxPool2dBackward: Images<"grad" | "x" | "y", PoolingAttributes>;
  /** Two results: the largest, and where each stood in its plane, `row * W + column` (`int64`). */
  maxPool2dWithIndices: Images<"x", PoolingAttributes>;
}

/** One pass in the place of several kernels; operands have any number of dimensions. `Results` is a tuple of what it gives. */
interface Fused<Inputs, Attributes, Results extends readonly unknown[] = readonly [Operand]> {
  readonly trait: "fused";
  readonly inputs: Readonly<Inputs>;
  readonly attrs: Readonly<Attributes>;
  readonly results: Results;
}

/** How SGD changes a parameter: the options of `torch.optim.SGD`. */
export interface SGDStepAttributes {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
  readonly maximize: boolean;
}

/** How Adam changes a parameter at its step number `step`, from 1: the options of `torch.optim.Adam`. */
export interface AdamStepAttributes {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly decoupledWeightDecay: boolean;
  readonly maximize: boolean;
  readonly step: number;
}

/**
 * Kernels that a device may lack, by name: each has a fallback, a composition of others, which runs where `Device.has` does not say
 * otherwise. See `defineFused`.
 */
export interface FusedKernels {
  /** `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on: the shape is that of `index` (`int32`, all within bounds). */
  gather: Fused<{ x: Operand; index: Operand }, { dim: number }>;
  /** Zeros of the result's shape, and `updates` added to the elements that `gather` would read. */
  scatterAdd: Fused<{ updates: Operand; index: Operand }, { dim: number }>;
  /** `x - log(Σ exp(x))` along `dim`, without overflow. */
  logSoftmax: Fused<{ x: Operand }, { dim: number }>;
  /** `grad - exp(output) Σ grad` along `dim`: the gradient of what gave `output`. */
  logSoftmaxBackward: Fused<{ grad: Operand; output: Operand }, { dim: number }>;
  /**
   * `(x - mean) / sqrt(variance + eps)`, the mean and the variance, each over `dims`; the variance is divided by the count, and both keep
   * the dimensions with size 1.
   */
  normalize: Fused<
    { x: Operand },
    { dims: readonly number[]; eps: number },
    readonly [normal: Operand, mean: Operand, variance: Operand]
  >;
  /** The gradient of what gave `output`: `(grad - mean(grad) - output mean(grad output)) / sqrt(variance + eps)`. */
  normalizeBackward: Fused<
    { grad: Operand; output: Operand; variance: Operand },
    { dims: readonly number[]; eps: number }
  >;
  /** The parameter and, with momentum, its buffer after a step; without `buffer` it is the first. */
  sgdStep: Fused<
    { parameter: Operand; grad: Operand; buffer?: Operand },
    SGDStepAttributes,
    readonly [parameter: Operand, buffer?: Operand]
  >;
  /** The parameter, both averages and, with `maxExpAvgSq` (AMSGrad), the largest second average after a step. */
  adamStep: Fused<
    { parameter: Operand; grad: Operand; expAvg: Operand; expAvgSq: Operand; maxExpAvgSq?: Operand },
    AdamStepAttributes,
    readonly [parameter: Operand, expAvg: Operand, expAvgSq: Operand, maxExpAvgSq?: Operand]
  >;
}

/** Every kernel that a device may be asked for. */
export interface Kernels extends BasicKernels, FusedKernels {}

export type KernelName = keyof Kernels;
/** A kernel with a fallback. */
export type FusedKernel = keyof FusedKernels;
/** A kernel that every device has. */
export type BasicKernel = keyof BasicKernels;
export type AttributesOf<K extends KernelName> = Kernels[K]["attrs"];
export type InputsOf<K extends KernelName> = Kernels[K]["inputs"];
type Each<I, T> = { readonly [N in keyof I]: T };
/** The inputs of a kernel, each as a `T`. */
export type EachInput<K extends KernelName, T> = Each<InputsOf<K>, T>;
/** The results of a fused kernel, each as a `T`. */
export type EachResult<K extends FusedKernel, T> = Each<FusedKernels[K]["results"], T>;

/** How a kernel treats the dimensions of its operands: what shared code decides by. */
export type Trait = Kernels[KernelName]["trait"];

/** The kernels that have a trait. */
export type KernelsOf<T extends Trait> = { [K in KernelName]: Kernels[K]["trait"] extends T ? K : never }[KernelName];

/** The kernels of a kind, by what they take. */
type Of<Kind> = { [K in KernelName]: Kernels[K] extends Kind ? K : never }[KernelName];
export type UnaryKernel = Of<Unary>;
export type BinaryKernel = Exclude<Of<Binary>, "where">;
export type ReductionKernel = Of<Reduction>;

/** The trait of every kernel. The types above say the same: a row that is missing or wrong does not compile. */
export const traits: { readonly [K in KernelName]: Kernels[K]["trait"] } = {
  abs: "pointwise",
  adamStep: "fused",
  add: "pointwise",
  all: "reduces",
  amax: "reduces",
  amin: "reduces",
  any: "reduces",
  argmax: "locates",
  argmin: "locates",
  atan: "pointwise",
  cast: "pointwise",
  cat: "joins",
  ceil: "pointwise",
  conv2d: "images",
  conv2dInput: "images",
  conv2dWeight: "images",
  cos: "pointwise",
  cumsum: "scans",
  div: "pointwise",
  eq: "pointwise",
  erf: "pointwise",
  exp: "pointwise",
  expm1: "pointwise",
  flip: "flips",
  floor: "pointwise",
  floorDivide: "pointwise",
  gather: "fused",
  ge: "pointwise",
  gt: "pointwise",
  isfinite: "pointwise",
  isinf: "pointwise",
  isnan: "pointwise",
  le: "pointwise",
  log: "pointwise",
  log1p: "pointwise",
  logSoftmax: "fused",
  logSoftmaxBackward: "fused",
  logicalAnd: "pointwise",
  logicalNot: "pointwise",
  logicalOr: "pointwise",
  lt: "pointwise",
  matmul: "multiplies",
  maxPool2d: "images",
  maxPool2dBackward: "images",
  maxPool2dWithIndices: "images",
  maximum: "pointwise",
  minimum: "pointwise",
  mul: "pointwise",
  ne: "pointwise",
  neg: "pointwise",
  normalize: "fused",
  normalizeBackward: "fused",
  oneHot: "expands",
  pad: "pads",
  permute: "permutes",
  pow: "pointwise",
  prod: "reduces",
  reciprocal: "pointwise",
  relu: "pointwise",
  remainder: "pointwise",
  round: "pointwise",
  rsqrt: "pointwise",
  scatterAdd: "fused",
  scatterRows: "scatters",
  sgdStep: "fused",
  sigmoid: "pointwise",
  sign: "pointwise",
  sin: "pointwise",
  slice: "slices",
  softmax: "rows",
  sqrt: "pointwise",
  square: "pointwise",
  step: "pointwise",
  sub: "pointwise",
  sum: "reduces",
  take: "gathers",
  tanh: "pointwise",
  tile: "repeats",
  topk: "rows",
  where: "pointwise",
};

const kernelNames: ReadonlySet<string> = new Set(Object.keys(traits));

export function isKernelName(name: string): name is KernelName {
  return kernelNames.has(name);
}
