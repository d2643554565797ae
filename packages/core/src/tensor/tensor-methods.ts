import type { DType } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import type { Generator } from "../random/generator.ts";
import type { InPlaceVariants } from "./in-place-names.ts";

/** An index as `tensor.index` takes it: a position, `"1:5:2"`, `":"`, `"..."`, `null` (a new dimension), or a tensor. */
export type Index<T> = number | string | null | T;

export type Sizes = (number | readonly number[])[];
export type Dims = number | readonly number[];

export interface KeepDim {
  /** Keep reduced dimensions with size 1. Default: false. */
  readonly keepdim?: boolean;
}

export interface SumOptions extends KeepDim {
  /** What is added up in, and the result's. Default: `float32` for floats, else `int32`. */
  readonly dtype?: DType;
}

export interface VarOptions extends KeepDim {
  /** What the count is lessened by before it divides. Default: 1, Bessel's. */
  readonly correction?: number;
}

/** What `max(dim)`, `min(dim)`, `sort` and `topk` give: names as in PyTorch, and `[values, indices]` too. */
export type ValuesAndIndices<T> = readonly [T, T] & { readonly values: T; readonly indices: T };

/** What `split` gives: as many pieces as sizes were listed, or an array. */
export type Pieces<Size, T> = Size extends readonly unknown[] ? { -readonly [K in keyof Size]: T } : T[];

/** The methods of a tensor, `T`, and the in-place variants of those that have one in PyTorch: `x.add_(y)` leaves `x.add(y)` in `x`. */
export interface TensorMethods<T> extends OwnMethods<T>, InPlaceVariants<OwnMethods<T>> {}

/**
 * The methods that have a definition of their own. Names are PyTorch's in camelCase and mean what
 * https://pytorch.org/docs/stable/tensors.html says; each is a function of the same name too (`add(x, y)`).
 * Binary ones broadcast and promote dtypes as PyTorch does. Names that end in `_` change the tensor in place.
 */
export interface OwnMethods<T> {
  // --- arithmetic -------------------------------------------------------------------------------------------------
  /** `x + alpha * y` */
  add(other: T | number, options?: { readonly alpha?: number }): T;
  /** `x - alpha * y` */
  sub(other: T | number, options?: { readonly alpha?: number }): T;
  /** `x * y` */
  mul(other: T | number): T;
  /** `x / y`, always in floats; `roundingMode` "floor" or "trunc" keeps integers. */
  div(other: T | number, options?: { readonly roundingMode?: "floor" | "trunc" }): T;
  /** `x ** y` */
  pow(exponent: T | number): T;
  /** The remainder with the sign of the divisor, as Python's `%`. */
  remainder(other: T | number): T;
  maximum(other: T): T;
  minimum(other: T): T;
  neg(): T;
  exp(): T;
  expm1(): T;
  log(): T;
  log1p(): T;
  sqrt(): T;
  rsqrt(): T;
  square(): T;
  reciprocal(): T;
  abs(): T;
  sign(): T;
  sin(): T;
  cos(): T;
  erf(): T;
  floor(): T;
  ceil(): T;
  /** To the nearest integer, halves to the even one. */
  round(): T;
  clamp(options: { readonly min?: number; readonly max?: number }): T;
  clamp(min: number | undefined, max?: number): T;

  // --- filled in place; `add_` and its like are made of `add` -----------------------------------------------------
  /** Every element becomes `value`. */
  fill_(value: number): T;
  zero_(): T;
  /** The elements of `source`, broadcast to this shape and converted to this dtype. */
  copy_(source: T): T;
  /** Uniform on `[from, to)`, PyTorch's bits. */
  uniform_(from?: number, to?: number, options?: { readonly generator?: Generator }): T;
  normal_(mean?: number, std?: number, options?: { readonly generator?: Generator }): T;
  bernoulli_(p?: number, options?: { readonly generator?: Generator }): T;
  /** Integers of `[from, to)`; without `to`, of `[0, from)`. */
  random_(from?: number, to?: number, options?: { readonly generator?: Generator }): T;

  // --- comparison and logic: bool ---------------------------------------------------------------------------------
  eq(other: T | number): T;
  ne(other: T | number): T;
  lt(other: T | number): T;
  le(other: T | number): T;
  gt(other: T | number): T;
  ge(other: T | number): T;
  logicalAnd(other: T): T;
  logicalOr(other: T): T;
  logicalNot(): T;
  isnan(): T;
  isinf(): T;
  isfinite(): T;
  /** This where `condition` holds, `other` elsewhere. */
  where(condition: T, other: T | number): T;
  /** `value` where `mask` holds. */
  maskedFill(mask: T, value: number): T;
  /** True when shapes and all elements agree. Reads both tensors. */
  equal(other: T): boolean;
  /** `|x - y| <= atol + rtol * |y|` everywhere. Reads both tensors. */
  allclose(
    other: T,
    options?: { readonly rtol?: number; readonly atol?: number; readonly equalNan?: boolean },
  ): boolean;

  // --- reductions -------------------------------------------------------------------------------------------------
  // Each is `x.sum()`, `x.sum(dim)`, `x.sum(dim, options)` or `x.sum(options)`.
  sum(dim?: Dims | SumOptions, options?: SumOptions): T;
  mean(dim?: Dims | KeepDim, options?: KeepDim): T;
  prod(dim?: number | KeepDim, options?: KeepDim): T;
  /** Bessel-corrected by default (`correction` 1). */
  var(dim?: Dims | VarOptions, options?: VarOptions): T;
  std(dim?: Dims | VarOptions, options?: VarOptions): T;
  norm(p?: number | "fro", dim?: Dims, options?: KeepDim): T;
  logsumexp(dim: Dims, options?: KeepDim): T;
  amax(dim?: Dims | KeepDim, options?: KeepDim): T;
  amin(dim?: Dims | KeepDim, options?: KeepDim): T;
  max(): T;
  max(other: T): T;
  max(dim: number, options?: KeepDim): ValuesAndIndices<T>;
  min(): T;
  min(other: T): T;
  min(dim: number, options?: KeepDim): ValuesAndIndices<T>;
  argmax(dim?: number | KeepDim, options?: KeepDim): T;
  argmin(dim?: number | KeepDim, options?: KeepDim): T;
  all(dim?: Dims | KeepDim, options?: KeepDim): T;
  any(dim?: Dims | KeepDim, options?: KeepDim): T;
  cumsum(dim: number): T;
  sort(dim?: number, options?: { readonly descending?: boolean }): ValuesAndIndices<T>;
  argsort(dim?: number, options?: { readonly descending?: boolean }): T;
  topk(k: number, dim?: number, options?: { readonly largest?: boolean }): ValuesAndIndices<T>;

  // --- products ---------------------------------------------------------------------------------------------------
  /** Vectors, matrices or batches of them, as https://pytorch.org/docs/stable/generated/torch.matmul.html. */
  matmul(other: T): T;
  mm(other: T): T;
  bmm(other: T): T;
  mv(other: T): T;
  dot(other: T): T;
  outer(other: T): T;

  // --- shape ------------------------------------------------------------------------------------------------------
  /**
   * The same elements in another shape; one size may be -1. Shares memory with this tensor. Every tensor here lies row by row, what `t()`,
   * `permute()` or `expand()` give as well: where PyTorch refuses and asks for `reshape()`, this is one, of their copy.
   */
  view(...shape: Sizes): T;
  reshape(...shape: Sizes): T;
  flatten(startDim?: number, endDim?: number): T;
  unflatten(dim: number, sizes: Shape): T;
  squeeze(dim?: Dims): T;
  unsqueeze(dim: number): T;
  expand(...shape: Sizes): T;
  expandAs(other: T): T;
  repeat(...repeats: Sizes): T;
  t(): T;
  transpose(dim0: number, dim1: number): T;
  permute(...dims: Sizes): T;
  flip(...dims: Sizes): T;
  /** `padding` as in `F.pad`: pairs from the last dimension on, `[left, right, top, bottom]`; negative ones crop. */
  pad(padding: readonly number[], options?: { readonly value?: number }): T;
  contiguous(): T;

  // --- indexing ---------------------------------------------------------------------------------------------------
  /** Python's `x[...]`: `x.index(0)`, `x.index(":", "1:3")`, `x.index("...", null)`, `x.index(mask)`. */
  index(...indices: Index<T>[]): T;
  select(dim: number, index: number): T;
  narrow(dim: number, start: number, length: number): T;
  split<const Size extends number | readonly number[]>(size: Size, dim?: number): Pieces<Size, T>;
  chunk(chunks: number, dim?: number): T[];
  unbind(dim?: number): T[];
  gather(dim: number, index: T): T;
  indexSelect(dim: number, index: T): T;
  /** The elements where `mask` holds, as a vector. Reads the mask. */
  maskedSelect(mask: T): T;
  /** The positions of what is not zero, one row each. Reads this tensor. */
  nonzero(): T;

  // --- networks ---------------------------------------------------------------------------------------------------
  relu(): T;
  sigmoid(): T;
  tanh(): T;
  softmax(dim: number): T;
  logSoftmax(dim: number): T;

  // --- conversion -------------------------------------------------------------------------------------------------
  /** Another dtype or device; this tensor itself when it is there already. Uploading returns at once. */
  to(target: DType | Device): T;
  float(): T;
  int(): T;
  bool(): T;
  byte(): T;
  /** The same elements in a tensor of its own; gradients flow back. */
  clone(): T;
  /** The same storage without the graph. */
  detach(): T;
  /** A cpu tensor with these elements. */
  cpu(): Promise<T>;

  // --- autograd ---------------------------------------------------------------------------------------------------
  /** Adds the gradients of this tensor into `grad` of the leaves it was computed from. */
  backward(options?: BackwardOptions<T>): void;
}

export interface BackwardOptions<T> {
  /** The gradient of what comes after this tensor; 1 for scalars. */
  readonly gradient?: T;
  /** Keep what was saved, for another backward through the same graph. Default: `createGraph`. */
  readonly retainGraph?: boolean;
  /** Record the computation of the gradients, for derivatives of derivatives. */
  readonly createGraph?: boolean;
}
