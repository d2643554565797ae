import type { Attributes, TensorSpec } from "@kindling/core/device";
import type { GraphBuilder, Value } from "../graph-builder.ts";

/** A kernel's inputs, as `Device.run` names them. */
export type Values = Readonly<Record<string, Value>> | readonly Value[];

/** Builds the nodes that compute a kernel, and gives the names of its results, of the shapes and dtypes that `outs` say. */
export type Lowering = (
  graph: GraphBuilder,
  inputs: Values,
  attrs: Attributes,
  outs: readonly TensorSpec[],
) => string[];

/** A kernel with named inputs and one result. */
export function single(
  lower: (graph: GraphBuilder, inputs: Readonly<Record<string, Value>>, attrs: Attributes, out: TensorSpec) => string,
): Lowering {
  return (graph, inputs, attrs, outs) => [
    lower(graph, inputs as Readonly<Record<string, Value>>, attrs, outs[0] as TensorSpec),
  ];
}

export function numbers(attribute: unknown): readonly number[] {
  return attribute as readonly number[];
}
