import type { DTypeName } from "../base/dtype.ts";

// Arguments and results that several methods share.

/** Positions or a mask, nested to any depth. */
export type IndexArray = readonly (number | boolean | IndexArray)[];

/**
 * An index as `tensor.index` takes it: a position, `"1:5:2"`, `":"`, `"..."`, `null` (a new dimension), and a tensor or an array of positions or
 * of booleans.
 */
export type Index<T> = number | string | boolean | null | T | IndexArray;

export type Sizes = (number | readonly number[])[];
export type Dims = number | readonly number[];

export interface KeepDim {
  /** Keep reduced dimensions with size 1. Default: false. */
  readonly keepdim?: boolean;
}

export interface WithDType {
  /** What the elements are converted to first. Default: as they are, but for the integers and bools of a sum or a product. */
  readonly dtype?: DTypeName;
}

export interface SumOptions extends KeepDim, WithDType {}

export interface VarOptions extends KeepDim {
  /** Subtracted from the count before it divides. Default: 1, Bessel's correction. */
  readonly correction?: number;
  /** `true` is a correction of 1, `false` of 0. */
  readonly unbiased?: boolean;
}

/** The result of `max(dim)`, `min(dim)`, `sort` and `topk`: a pair, and an object with its names as in PyTorch. */
export type ValuesAndIndices<T> = readonly [T, T] & { readonly values: T; readonly indices: T };

/** The result of `split`: a tuple with a piece for each size listed, or an array. */
export type Pieces<Size, T> = Size extends readonly unknown[] ? { -readonly [K in keyof Size]: T } : T[];
