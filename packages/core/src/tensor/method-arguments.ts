import type { DType } from "../base/dtype.ts";

// What several methods take and give.

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
