import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowering, numbers, single } from "./lowering.ts";

/** Further back than any tensor begins. */
const BEFORE_ALL = -(2 ** 31);

export function slice(
  graph: GraphBuilder,
  x: Value | string,
  begin: readonly number[],
  end: readonly number[],
  axes: readonly number[] = begin.map((_, i) => i),
): string {
  return graph.node("Slice", [x, graph.whole(begin), graph.whole(end), graph.whole(axes)]);
}

/** A view of another shape, where a kernel has nothing else to do. */
function same(graph: GraphBuilder, x: Value): string {
  return graph.node("Identity", [x]);
}

function pad(graph: GraphBuilder, x: Value, paddings: readonly (readonly number[])[], value: number): string {
  const sides = [0, 1].flatMap((side) => paddings.map((pair) => pair[side] as number));
  const type = x.dtype === "float32" ? "float32" : x.dtype === "int32" ? "int32" : "uint8";
  const around =
    x.dtype === "bool" ? graph.constant("bool", [], Uint8Array.of(value === 0 ? 0 : 1)) : graph.scalar(value, type);
  return graph.node("Pad", [x, graph.whole(sides), around]);
}

export const movement: Readonly<Record<string, Lowering>> = {
  Transpose: single((graph, { x }, { perm }) => graph.node("Transpose", [x as Value], { perm: [...numbers(perm)] })),
  Reverse: single((graph, { x }, { dims }) => {
    const axes = numbers(dims);
    if (axes.length === 0) return same(graph, x as Value);
    const all = (value: number): string => graph.whole(axes.map(() => value));
    return graph.node("Slice", [x as Value, all(-1), all(BEFORE_ALL), graph.whole(axes), all(-1)]);
  }),
  Tile: single((graph, { x }, { reps }, out) => {
    const input = x as Value;
    const repeats = numbers(reps);
    // What only spreads sizes of 1 need not be told how often.
    const spreads = repeats.every((times, i) => times === 1 || input.shape[i] === 1);
    return spreads
      ? graph.node("Expand", [input, graph.whole(out.shape)])
      : graph.node("Tile", [input, graph.whole(repeats)]);
  }),
  Slice: single((graph, { x }, { begin, size }) => {
    const start = numbers(begin);
    return slice(
      graph,
      x as Value,
      start,
      numbers(size).map((length, i) => length + (start[i] as number)),
    );
  }),
  PadV2: single((graph, { x }, { paddings, constantValue }) =>
    pad(graph, x as Value, paddings as readonly (readonly number[])[], constantValue as number),
  ),
  Concat: (graph, inputs, { axis }) => [graph.node("Concat", Object.values(inputs), { axis: axis as number })],
};
