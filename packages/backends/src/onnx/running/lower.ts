import type { TensorSpec } from "@kindling/core/device";
import type { FileArray } from "@kindling/core/extend";
import { encode, GraphBuilder, lowerCall, type Value, type ValueModel } from "@kindling/onnx/lowering";
import type { LazyBuffer } from "../../lazy/lazy-buffer.ts";
import type { Subgraph } from "../../lazy/subgraph.ts";
import { ownKernels } from "./byte-steps.ts";

/** Which of what is given is part of the graph, as a constant. */
export type IsFixed = (buffer: LazyBuffer) => boolean;

export interface Lowered {
  readonly model: Uint8Array;
  /** Names of what is given, in order; null for what is fixed. */
  readonly feeds: readonly (string | null)[];
  /** Names of what was asked for, in order. */
  readonly results: readonly string[];
}

/** The graph of a subgraph, as an ONNX model. */
export function lower({ nodes: calls, given, roots }: Subgraph, isFixed: IsFixed): Lowered {
  const graph = new GraphBuilder();
  const inputs: ValueModel[] = [];
  const names = new Map<LazyBuffer, string>();
  const feeds = given.map((buffer, i) => {
    if (isFixed(buffer)) {
      names.set(buffer, graph.constant(buffer.dtype, buffer.shape, (buffer.value as FileArray).slice()));
      return null;
    }
    const name = `i${i}`;
    inputs.push({ name, type: buffer.dtype, shape: buffer.shape });
    names.set(buffer, name);
    return name;
  });
  const readers = countReaders({ nodes: calls, roots });
  for (const { signature, inputs: buffers, outs } of calls) {
    const values = buffers.map((buffer, i): Value => {
      const { shape, dtype } = signature.inputs[i] as TensorSpec;
      return {
        name: names.get(buffer) as string,
        shape,
        dtype,
        stored: buffer.shape,
        isSole: readers.get(buffer) === 1,
      };
    });
    const results = lowerCall(graph, { ...signature, values }, ownKernels);
    for (const [i, out] of outs.entries()) names.set(out, results[i] as string);
  }
  // What goes out was computed here, and has a name of its own.
  const taken = new Set([...inputs.map(({ name }) => name), ...graph.initializers.map(({ name }) => name)]);
  const results = roots.map((root) => {
    const name = names.get(root) as string;
    const own = taken.has(name) ? graph.copy(name) : name;
    taken.add(own);
    return own;
  });
  const outputs = roots.map(({ dtype, shape }, i) => ({ name: results[i] as string, type: dtype, shape }));
  const { nodes, initializers, domains } = graph;
  return { model: encode({ graph: { name: "step", nodes, initializers, inputs, outputs }, domains }), feeds, results };
}

/** How often each buffer is read, going out counted too. */
function countReaders({ nodes, roots }: Pick<Subgraph, "nodes" | "roots">): ReadonlyMap<LazyBuffer, number> {
  const readers = new Map<LazyBuffer, number>();
  const count = (buffer: LazyBuffer): unknown => readers.set(buffer, (readers.get(buffer) ?? 0) + 1);
  for (const { inputs } of nodes) inputs.forEach(count);
  roots.forEach(count);
  return readers;
}
