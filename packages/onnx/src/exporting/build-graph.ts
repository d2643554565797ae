import type { TypedArray } from "@kindling/core";
import type { Operand } from "@kindling/core/device";
import { toFileArray } from "@kindling/core/extend";
import { GraphBuilder, type Names, type Value } from "../graph-builder.ts";
import { lowerCall } from "../lowering/lower-call.ts";
import type { Trace } from "../tracing/trace.ts";
import type { Traced } from "../tracing/tracing-device.ts";
import type { BoundaryNames } from "./boundary-names.ts";

/** A graph of a trace: its nodes and constants; parameters are constants under their own names, which are `state`. */
export function buildGraph(
  { inputs, outputs, calls }: Trace,
  names: BoundaryNames,
  state: Iterable<string>,
): GraphBuilder {
  const taken = new Set([...names.inputs, ...names.outputs, ...state]);
  const graph = new GraphBuilder({ plain: true, names: counter(taken) });
  const known = new Map<Traced, string>();
  inputs.forEach((input, i) => {
    known.set(input, names.inputs[i] as string);
  });

  const nameOf = (piece: Traced): string => {
    let name = known.get(piece);
    if (name === undefined) {
      name = constantOf(graph, piece);
      known.set(piece, name);
    }
    return name;
  };
  const readAs = ({ handle, shape, dtype }: Operand): Value => {
    const piece = handle as Traced;
    return { name: nameOf(piece), shape, dtype, stored: piece.shape, isSole: readers.get(piece) === 1 };
  };
  const readers = new Map<object, number>();
  for (const { handle } of [...calls.flatMap((call) => call.inputs), ...outputs]) {
    readers.set(handle, (readers.get(handle) ?? 0) + 1);
  }
  for (const { kernel, names: inputNames, inputs: operands, attrs, outs } of calls) {
    const values = operands.map(readAs);
    const results = lowerCall(graph, { kernel, names: inputNames, values, attrs, outs });
    outs.forEach((out, i) => {
      known.set(out, results[i] as string);
    });
  }
  // All of them first: one may be a view of another.
  const results = outputs.map((output) => graph.read(readAs(output)));
  results.forEach((result, i) => {
    graph.rename(result, names.outputs[i] as string);
  });
  graph.dropUnused(names.outputs);
  return graph;
}

function constantOf(graph: GraphBuilder, { name, dtype, shape, data }: Traced): string {
  if (name === null) return graph.constant(dtype, shape, toFileArray(data as TypedArray, dtype));
  graph.initializers.push({ name, type: dtype, shape, data: toFileArray(data as TypedArray, dtype) });
  return name;
}

function counter(taken: ReadonlySet<string>): Names {
  let next = 0;
  return () => {
    let name: string;
    do name = `v${next++}`;
    while (taken.has(name));
    return name;
  };
}
