import { ValueError } from "@kindling/core";
import type { GraphBuilder } from "../graph-builder.ts";
import type { NodeModel, TensorModel } from "../model/model.ts";
import { type Growth, growthOf } from "./growth.ts";

/** Sizes that no network has by chance: what differs between two graphs of them is the batch's doing. */
export const BATCHES = [97, 101, 113] as const;

/**
 * Gives the graph of one batch size to all of them. `other` is the same network's for the second of `BATCHES`: constants in which the two
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
  const growing = new Map<string, Growth>();
  graph.initializers.forEach((low, i) => {
    const high = other.initializers[i] as TensorModel;
    if (low.name !== high.name) throw dependsOnBatch("another batch takes other ops");
    if (isSame(low, high)) return;
    const growth = growthOf({ low, high, batches: [BATCHES[0], BATCHES[1]] });
    if (growth === null) throw dependsOnBatch(NUMBERS);
    growing.set(low.name, growth);
  });
  if (growing.size === 0) return;
  if ([...growing.values()].some(({ isPlain }) => !isPlain)) checkGrowth(growing, third());

  const nodes = graph.nodes.splice(0);
  const batch = (): string => graph.node("Shape", [input], { start: 0, end: 1 });
  for (const node of nodes) {
    const inputs = node.inputs.map((name, at) => {
      const growth = growing.get(name);
      if (growth === undefined) return name;
      return reshaped(graph, growth, node, at) ?? growth.build(graph, batch);
    });
    graph.nodes.push({ ...node, inputs });
  }
  const kept = graph.initializers.filter(({ name }) => !growing.has(name));
  graph.initializers.splice(0, graph.initializers.length, ...kept);
}

const NUMBERS = "it makes numbers of it";

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

function checkGrowth(growing: ReadonlyMap<string, Growth>, third: GraphBuilder): void {
  for (const { name, shape, data } of third.initializers) {
    const growth = growing.get(name);
    if (growth === undefined) continue;
    const told = growth.at(BATCHES[2]);
    const isTold = (number: number | bigint, i: number): boolean => {
      const wanted = told.data[i] as number;
      return Math.abs(Number(number) - wanted) <= 1e-6 * Math.abs(wanted);
    };
    const numbers = Array.from(data as ArrayLike<number | bigint>);
    if (told.shape.join() === shape.join() && numbers.every(isTold)) continue;
    throw dependsOnBatch(growth.sizes === undefined ? NUMBERS : "a size is not a multiple of it");
  }
}

/** The shape of a `Reshape` of which one size grows: it finds that by itself. */
function reshaped(graph: GraphBuilder, { sizes }: Growth, { opType }: NodeModel, at: number): string | null {
  if (sizes === undefined || opType !== "Reshape" || at !== 1) return null;
  if (sizes.filter(({ factor }) => factor !== 0).length !== 1) return null;
  return graph.whole(sizes.map(({ factor, rest }) => (factor === 0 ? rest : -1)));
}
