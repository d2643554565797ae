import type { DType } from "@kindling/core";
import { DTYPES } from "@kindling/core/extend";

/** ONNX's element types; `int64` is for shapes and positions only, and `float64` for sums. */
export type ElementType = DType | "int64" | "float64";

/**
 * The numbers that stand for element types in files.
 *
 * @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types
 */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  ...(Object.fromEntries(Object.entries(DTYPES).map(([name, { onnx }]) => [name, onnx])) as Record<DType, number>),
  int64: 7,
  float64: 11,
};
