import { ValueError } from "@kindling/core";
import type { GraphBuilder } from "../graph-builder.ts";
import type { NodeModel, TensorModel } from "../model/model.ts";

/** Sizes that no network has by chance: what differs between two graphs of them is the batch's doing. */
export const BATCHES = [97, 101, 113] as const;

/** A number that grows with the batch: `factor * batch + rest`. */
interface Growing {
  readonly factor: number;
  readonly rest: number;
}

/**
 * Gives the graph of one batch size to all of them. `other` is the same network's for the second of `BATCHES`: shapes in which the two
 * differ are computed from the size of `input` when the graph runs. `third`, of the last of `BATCHES`, is built where two sizes do not tell
 * a line from a curve, as in `batch * batch`.
 *
 * @throws ValueError where they differ in more than that
 */
export function forAnyBatch(graph: GraphBuilder, other: GraphBuilder, input: string, third: () => GraphBuilder): void {
  const same =
    graph.nodes.length === other.nodes.length &&
    graph.initializers.length === other.initializers.length &&
    graph.nodes.every((node, i) => JSON.stringify(node) === JSON.stringify(other.nodes[i]));
  if (!same) throw dependsOnBatch("another batch takes other ops");
  const growing = new Map<string, readonly Growing[]>();
  graph.initializers.forEach((tensor, i) => {
    const twin = other.initializers[i] as TensorModel;
    if (tensor.name !== twin.name) throw dependsOnBatch("another batch takes other ops");
    if (!isSame(tensor, twin)) growing.set(tensor.name, growthOf(tensor, twin));
  });
  if (growing.size === 0) return;
  if ([...growing.values()].flat().some(({ rest }) => rest !== 0)) checkGrowth(growing, third());

  const nodes = graph.nodes.splice(0);
  for (const node of nodes) {
    const inputs = node.inputs.map((name, at) => {
      const numbers = growing.get(name);
      return numbers === undefined ? name : shapeAtRun(graph, numbers, input, node, at);
    });
    graph.nodes.push({ ...node, inputs });
  }
  graph.initializers.splice(
    0,
    Number.POSITIVE_INFINITY,
    ...graph.initializers.filter(({ name }) => !growing.has(name)),
  );
}

function dependsOnBatch(how: string): ValueError {
  return new ValueError(
    "exportOnnx",
    "forward depends on the size of the batch",
    how,
    "Export for one size: { dynamicBatch: false }.",
  );
}

function isSame(a: TensorModel, b: TensorModel): boolean {
  const bytes = ({ data }: TensorModel): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const [first, second] = [bytes(a), bytes(b)];
  return first.length === second.length && first.every((byte, i) => byte === second[i]);
}

function growthOf(a: TensorModel, b: TensorModel): readonly Growing[] {
  if (a.type !== "int64" || a.shape.length !== 1 || a.data.length !== b.data.length) {
    throw dependsOnBatch("it makes numbers of it");
  }
  return Array.from({ length: a.data.length }, (_, i) => {
    const [low, high] = [Number(a.data[i]), Number(b.data[i])];
    const factor = (high - low) / (BATCHES[1] - BATCHES[0]);
    if (!Number.isInteger(factor)) throw dependsOnBatch("a size is not a multiple of it");
    return { factor, rest: low - factor * BATCHES[0] };
  });
}

function checkGrowth(growing: ReadonlyMap<string, readonly Growing[]>, third: GraphBuilder): void {
  for (const { name, data } of third.initializers) {
    growing.get(name)?.forEach(({ factor, rest }, i) => {
      if (factor * BATCHES[2] + rest !== Number(data[i])) throw dependsOnBatch("a size is not a multiple of it");
    });
  }
}

/** A shape whose numbers are known when the graph runs. `Reshape` finds one by itself. */
function shapeAtRun(
  graph: GraphBuilder,
  numbers: readonly Growing[],
  input: string,
  { opType }: NodeModel,
  at: number,
): string {
  const moving = numbers.filter(({ factor }) => factor !== 0).length;
  if (opType === "Reshape" && at === 1 && moving === 1) {
    return graph.whole(numbers.map(({ factor, rest }) => (factor === 0 ? rest : -1)));
  }
  const batch = graph.node("Shape", [input], { start: 0, end: 1 });
  const parts = numbers.map(({ factor, rest }) => {
    if (factor === 0) return graph.whole([rest]);
    const scaled = factor === 1 ? batch : graph.node("Mul", [batch, graph.whole([factor])]);
    return rest === 0 ? scaled : graph.node("Add", [scaled, graph.whole([rest])]);
  });
  return parts.length === 1 ? (parts[0] as string) : graph.node("Concat", parts, { axis: 0 });
}
