import type { DType } from "@kindling/core";

/** What elements are in ONNX; `int64` is there for shapes and positions only. */
export type ElementType = DType | "int64";

/**
 * The numbers that stand for element types in files.
 *
 * @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types
 */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
};
