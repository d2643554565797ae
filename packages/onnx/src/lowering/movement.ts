import type { GraphBuilder, Value } from "../graph-builder.ts";
import { type Lowerings, single } from "./lowering.ts";

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
  return graph.node("Pad", [x, graph.whole(sides), graph.scalar(value, x.dtype)]);
}

export const movement = {
  permute: single((graph, { x }, { dims }) => graph.node("Transpose", [x], { perm: [...dims] })),
  flip: single((graph, { x }, { dims }) => {
    if (dims.length === 0) return same(graph, x);
    const all = (value: number): string => graph.whole(dims.map(() => value));
    return graph.node("Slice", [x, all(-1), all(BEFORE_ALL), graph.whole(dims), all(-1)]);
  }),
  tile: single((graph, { x }, { repeats }, out) => {
    // Sizes of 1 that are spread need no counts.
    const spreads = repeats.every((times, i) => times === 1 || x.shape[i] === 1);
    return spreads ? graph.node("Expand", [x, graph.whole(out.shape)]) : graph.node("Tile", [x, graph.whole(repeats)]);
  }),
  slice: single((graph, { x }, { begin, size }) => {
    const end = size.map((length, i) => length + (begin[i] as number));
    return slice(graph, x, begin, end);
  }),
  pad: single((graph, { x }, { padding, value }) => pad(graph, x, padding, value)),
  cat: single((graph, inputs, { dim }) => graph.node("Concat", inputs, { axis: dim })),
} satisfies Partial<Lowerings>;
