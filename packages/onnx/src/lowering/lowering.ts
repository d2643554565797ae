import type {
  Attributes,
  AttributesOf,
  BasicKernel,
  EachInput,
  FusedKernel,
  KernelName,
  TensorSpec,
} from "@kindling/core/device";
import type { GraphBuilder, Value } from "../graph-builder.ts";

/** Builds the nodes that compute a kernel, and gives the names of its results, of the shapes and dtypes that `outs` say. */
export type Lowering<K extends KernelName> = (
  graph: GraphBuilder,
  inputs: EachInput<K, Value>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
) => string[];

/** A lowering for each kernel, and for those with a fallback where ONNX has an operator. */
export type Lowerings = { readonly [K in BasicKernel]: Lowering<K> } & { readonly [K in FusedKernel]?: Lowering<K> };

/** The inputs of some kernel, as `Device.run` names them. */
export type Values = Readonly<Record<string, Value>> | readonly Value[];

/** A lowering of some kernel: of one that only a device knows, or of one that was recorded with its inputs and attributes. */
export type AnyLowering = (
  graph: GraphBuilder,
  inputs: Values,
  attrs: Attributes,
  outs: readonly TensorSpec[],
) => string[];

/** A kernel with one result. */
export function single<K extends KernelName>(
  lower: (graph: GraphBuilder, inputs: EachInput<K, Value>, attrs: AttributesOf<K>, out: TensorSpec) => string,
): Lowering<K> {
  return (graph, inputs, attrs, outs) => [lower(graph, inputs, attrs, outs[0] as TensorSpec)];
}
