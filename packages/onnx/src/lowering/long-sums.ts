import type { TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { cast } from "./conversion.ts";

// ONNX Runtime adds floats one after the other, in one float: a million terms lose three digits. Long sums are split, `[n]` read as `[n / m, m]`: the
// m of each row are added as floats, and the n / m sums as doubles. That is no slower, and where columns are summed several times as fast, since a
// group of rows stays in the cache. As doubles all the way it would take four times as long.

/** Sums of so many terms are right to six digits as they are. */
const SHORT = 1024;

/** At most so many terms are added as floats: three in ten million off. Vectors are added by lanes, columns row after row. */
const PART = { vector: 256, columns: 128 } as const;

/** Fewer are not worth it: everything is added as doubles then. */
const LEAST = 8;

/** Dimensions that are summed over and stand side by side: where they begin and end, and their size. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

function runsOf(shape: readonly number[], dims: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const dim of [...dims].sort((a, b) => a - b)) {
    const size = shape[dim] as number;
    const last = runs.at(-1);
    if (last !== undefined && last.end === dim)
      runs[runs.length - 1] = { ...last, end: dim + 1, size: last.size * size };
    else runs.push({ start: dim, end: dim + 1, size });
  }
  return runs;
}

/** The sum of floats over `dims` in parts; null where it is short. */
export function sumInParts(graph: GraphBuilder, x: Value, dims: readonly number[], out: TensorSpec): string | null {
  const runs = runsOf(x.shape, dims);
  const last = runs.at(-1);
  // Of two runs ONNX Runtime adds up the inner one first.
  if (last === undefined || (runs.length <= 2 && runs.every(({ size }) => size <= SHORT))) return null;
  if (runs.reduce((product, { size }) => product * size, 1) <= SHORT) return null;
  const [before, after] = [x.shape.slice(0, last.start), x.shape.slice(last.end)];
  const part = largestPart(last.size, numel(after) === 1 ? PART.vector : PART.columns);
  const others = runs
    .slice(0, -1)
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
  let sums: string = graph.as(x, [...before, last.size / part, part, ...after]);
  if (part > 1) sums = graph.node("ReduceSum", [sums, graph.whole([last.start + 1])], { keepdims: 0 });
  const over = [...others, last.start, ...(part > 1 ? [] : [last.start + 1])];
  const total = graph.node("ReduceSum", [cast(graph, sums, "float64"), graph.whole(over)], { keepdims: 0 });
  const found = cast(graph, total, "float32");
  const kept = x.shape.filter((_, dim) => !dims.includes(dim));
  return kept.length === out.shape.length ? found : graph.node("Reshape", [found, graph.whole(out.shape)]);
}

/** The largest divisor of `size` up to `most`; 1 where it is too small. */
function largestPart(size: number, most: number): number {
  for (let part = Math.min(size, most); part >= LEAST; part--) if (size % part === 0) return part;
  return 1;
}

/** Whether the inner product of two vectors is long, to be computed as a sum. */
export function isLongDot(rows: number, terms: number, columns: number): boolean {
  return rows === 1 && columns === 1 && terms > SHORT;
}
