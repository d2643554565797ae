import type { Tensor, TypedArray } from "@kindling/core";

/**
 * The result of `defaultCollate` for a list of samples of type `S`: tensors are stacked, numbers, booleans and typed arrays
 * become tensors, strings a list, and tuples, arrays and plain objects keep their form.
 */
export type Collated<S> = S extends Tensor | number | boolean | TypedArray
  ? Tensor
  : S extends string
    ? string[]
    : S extends readonly unknown[]
      ? { -readonly [K in keyof S]: Collated<S[K]> }
      : S extends object
        ? { -readonly [K in keyof S]: Collated<S[K]> }
        : unknown;
