import type { DType } from "@kindling/core";
import { DTYPES } from "@kindling/core/extend";

/** ONNX's element types. */
export type ElementType = DType;

/**
 * The numbers that stand for element types in files.
 *
 * @see https://onnx.ai/onnx/repo-docs/IR.html#tensor-element-types
 */
export const ELEMENT_TYPES = Object.fromEntries(
  Object.entries(DTYPES).map(([name, { onnx }]) => [name, onnx]),
) as Readonly<Record<ElementType, number>>;
