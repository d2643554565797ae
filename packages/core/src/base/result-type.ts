import { defaultDtype } from "./default-dtype.ts";
import { DTYPES, type DType, isFloat } from "./dtype.ts";

// The dtype of a result, from those of what it is computed from.

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
  return result ?? defaultDtype();
}

/** PyTorch's categories: a scalar or a zero-dimensional tensor widens another only by category. */
const CATEGORIES = { bool: 0, integer: 1, float: 2 } as const;
const category = (dtype: DType): number => CATEGORIES[DTYPES[dtype].kind];

/** The dtype that a plain JavaScript value stands for: JavaScript has one number type, so `2.0` is an integer. */
export function dtypeOfScalar(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int64" : defaultDtype();
}

/** The dtype of whole numbers that are summed up: floats keep theirs, all others are counted in `int64`. */
export function sumOf(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "int64";
}
