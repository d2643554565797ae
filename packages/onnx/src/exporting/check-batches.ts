import { formatShape, warn } from "@kindling/core/extend";
import type { Trace } from "../tracing/trace.ts";

/** Ops that run, or not, as sizes of 1 need no spreading; they compute nothing. */
const SHAPES = new Set(["clone", "expand", "permute", "reshape", "slice", "to", "toDevice"]);

/** What the file has for any batch. */
export interface General {
  readonly trace: Trace;
  /** The shapes of its results for a batch of this size. */
  shapesAt(batch: number): readonly (readonly number[])[];
}

/**
 * Warns where `forward` does something else for a batch of this size than for the two that the file is made from: a trace knows one way
 * through it, and a branch on `x.shape[0]`, or a `squeeze()` of the batch, is not in the file. What cannot be seen: a branch that neither of
 * the sizes that are tried takes, one whose ops are the same, and numbers that are taken off shapes and used as they are.
 */
export function checkBatch(general: General, batch: number, traced: () => Trace): void {
  let other: Trace;
  try {
    other = traced();
  } catch (error) {
    tell(`forward fails for a batch of ${batch}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const only = differences(general.trace.ops, other.ops);
  if (only !== null) {
    tell(`forward computes other things for a batch of ${batch} than for larger ones${only}`);
    return;
  }
  const shapes = general.shapesAt(batch);
  const wrong = other.outputs.findIndex(({ shape }, i) => shape.join() !== shapes[i]?.join());
  if (wrong < 0 && other.outputs.length === shapes.length) return;
  const found = other.outputs[wrong]?.shape ?? [];
  tell(
    `what forward gives for a batch of ${batch} has the shape ${formatShape(found)}, and ${formatShape(shapes[wrong] ?? [])} in the file: it drops dimensions of size 1, as squeeze() without a dimension does`,
  );
}

function tell(what: string): void {
  warn(
    `TracerWarning: exportOnnx: ${what}. The file has for every batch what forward does for a large one. Take what depends on x.shape[0] out of forward, or export for one size: { dynamicBatch: false }.`,
  );
}

/** How two lists of ops differ, in words; null where they do not. */
function differences(a: readonly string[], b: readonly string[]): string | null {
  const [large, small] = [a, b].map((ops) => ops.filter((op) => !SHAPES.has(op))) as [string[], string[]];
  if (large.join() === small.join()) return null;
  const missing = (from: readonly string[], than: readonly string[]): string[] => [
    ...new Set(from.filter((op) => count(from, op) > count(than, op))),
  ];
  const [more, fewer] = [missing(small, large), missing(large, small)];
  const told = [
    ...(more.length > 0 ? [`${more.join(", ")} more often`] : []),
    ...(fewer.length > 0 ? [`${fewer.join(", ")} less often`] : []),
  ];
  return told.length === 0 ? " (in another order)" : ` (${told.join(", ")})`;
}

const count = (ops: readonly string[], wanted: string): number => ops.filter((op) => op === wanted).length;
