import { isObject } from "../base/callable.ts";
import { checkOptions } from "../base/options.ts";
import type { Dims, KeepDim } from "../tensor/method-arguments.ts";

/** The options of a reduction. */
export const KEEPDIM: readonly string[] = ["keepdim"];

/** The options of a reduction that converts first. */
export const KEEPDIM_AND_DTYPE: readonly string[] = ["keepdim", "dtype"];

/** The options of an op along a dimension that converts first. */
export const DTYPE: readonly string[] = ["dtype"];

/**
 * The dimension, if any, and the options of a call like `x.sum(dim, options)` or `x.sum(options)`.
 *
 * @throws ValueError for an option that is not `known`
 */
export function dimAndOptions<O extends KeepDim>(
  op: string,
  known: readonly string[],
  dim: number | O | undefined,
  options: O | undefined,
): [number | undefined, Partial<O>];
export function dimAndOptions<O extends KeepDim>(
  op: string,
  known: readonly string[],
  dim: Dims | O | undefined,
  options: O | undefined,
): [Dims | undefined, Partial<O>];
export function dimAndOptions<O extends KeepDim>(
  op: string,
  known: readonly string[],
  dim: Dims | O | undefined,
  options: O | undefined,
): [Dims | undefined, Partial<O>] {
  const first = isObject(dim) && !Array.isArray(dim);
  const given = first ? (dim as O) : options;
  if (given === undefined) return [dim as Dims | undefined, {}];
  checkOptions(op, given, known);
  return [first ? undefined : (dim as Dims | undefined), given];
}
