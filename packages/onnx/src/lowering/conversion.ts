import type { DType } from "@kindling/core";
import type { GraphBuilder, Input } from "../graph-builder.ts";
import { ELEMENT_TYPES, type ElementType } from "../model/element-type.ts";
import { type Lowerings, single } from "./lowering.ts";

export function cast(graph: GraphBuilder, input: Input, to: ElementType): string {
  return graph.node("Cast", [input], { to: ELEMENT_TYPES[to] });
}

/** Whether a dtype is computed with as whole numbers. */
export function isWhole(dtype: DType): boolean {
  return dtype === "int32" || dtype === "int64";
}

/** `where` for elements that ONNX Runtime chooses among: not booleans. */
export function choose(graph: GraphBuilder, condition: Input, yes: Input, no: Input): string {
  return graph.node("Where", [condition, yes, no]);
}

export const conversion = {
  cast: single((graph, { x }, _attrs, { dtype }) => cast(graph, x, dtype)),
} satisfies Partial<Lowerings>;
