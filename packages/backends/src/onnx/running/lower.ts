import type { TypedArray } from "@kindling/core";
import type { TensorSpec } from "@kindling/core/device";
import { encode, GraphBuilder, lowerCall, type Value, type ValueModel } from "@kindling/onnx/lowering";
import type { Piece } from "../recording/piece.ts";
import type { Request } from "../recording/request.ts";
import { ownKernels } from "./byte-steps.ts";

/** Which of what is given is part of the graph, as a constant. */
export type IsFixed = (piece: Piece) => boolean;

export interface Lowered {
  readonly model: Uint8Array;
  /** Names of what is given, in order; null for what is fixed. */
  readonly feeds: readonly (string | null)[];
  /** Names of what was asked for, in order. */
  readonly results: readonly string[];
}

/** The graph of a request, as an ONNX model. */
export function lower({ recipes, given, roots }: Request, isFixed: IsFixed): Lowered {
  const graph = new GraphBuilder();
  const inputs: ValueModel[] = [];
  const names = new Map<Piece, string>();
  const feeds = given.map((piece, i) => {
    if (isFixed(piece)) {
      names.set(piece, graph.constant(piece.dtype, piece.shape, (piece.value as TypedArray).slice()));
      return null;
    }
    const name = `i${i}`;
    inputs.push({ name, type: piece.dtype, shape: piece.shape });
    names.set(piece, name);
    return name;
  });
  const readers = countReaders({ recipes, roots });
  for (const { signature, inputs: pieces, outs } of recipes) {
    const values = pieces.map((piece, i): Value => {
      const { shape, dtype } = signature.inputs[i] as TensorSpec;
      return { name: names.get(piece) as string, shape, dtype, stored: piece.shape, isSole: readers.get(piece) === 1 };
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

/** How often each piece is read, going out counted too. */
function countReaders({ recipes, roots }: Pick<Request, "recipes" | "roots">): ReadonlyMap<Piece, number> {
  const readers = new Map<Piece, number>();
  const count = (piece: Piece): unknown => readers.set(piece, (readers.get(piece) ?? 0) + 1);
  for (const { inputs } of recipes) inputs.forEach(count);
  roots.forEach(count);
  return readers;
}
