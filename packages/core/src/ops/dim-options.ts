import type { Dims, KeepDim } from "../tensor-methods.ts";

/** What `x.sum(dim, options)` and `x.sum(options)` say: the dimension, where one is named, and the options. */
export function dimAndOptions<O extends KeepDim>(
  dim: number | O | undefined,
  options: O | undefined,
): [number | undefined, Partial<O>];
export function dimAndOptions<O extends KeepDim>(
  dim: Dims | O | undefined,
  options: O | undefined,
): [Dims | undefined, Partial<O>];
export function dimAndOptions<O extends KeepDim>(
  dim: Dims | O | undefined,
  options: O | undefined,
): [Dims | undefined, Partial<O>] {
  if (typeof dim === "object" && !Array.isArray(dim)) return [undefined, dim as O];
  return [dim as Dims | undefined, options ?? {}];
}
