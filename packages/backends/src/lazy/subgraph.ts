import type { LazyBuffer, Node } from "./lazy-buffer.ts";

/** The computation that gives some buffers. */
export interface Subgraph {
  /** The nodes to compute, each after those it needs. */
  readonly nodes: readonly Node[];
  /** Buffers that are computed already, or are being computed. */
  readonly given: readonly LazyBuffer[];
  /** The buffers that are asked for. */
  readonly roots: readonly LazyBuffer[];
  /** Says what is computed of what: equal texts, equal graphs. */
  readonly text: string;
}

/** A part of a subgraph: some of its nodes, in the same order, and what of them is asked for. */
export function subgraphOf(nodes: readonly Node[], roots: readonly LazyBuffer[]): Subgraph {
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const given = new Map<LazyBuffer, number>();
  const numberOf = (buffer: LazyBuffer): number => {
    const number = buffer.node === null ? undefined : numbers.get(buffer.node);
    if (number !== undefined) return number * 4 + buffer.slot;
    if (!given.has(buffer)) given.set(buffer, -1 - given.size);
    return given.get(buffer) as number;
  };
  const calls = nodes.map(({ signature, inputs }) => [signature.id, ...inputs.map(numberOf)]);
  const text: (number | string)[] = [...calls.flat(), ">", ...roots.map(numberOf)];
  describeGiven(text, given);
  return { nodes, given: [...given.keys()], roots, text: text.join() };
}

/** Views of a given buffer differ by their shape. */
function describeGiven(text: (number | string)[], given: ReadonlyMap<LazyBuffer, number>): void {
  text.push("<");
  for (const { dtype, shape, scalar } of given.keys()) text.push(`${dtype}${shape}${scalar === null ? "" : "s"};`);
}

let visits = 0;

/**
 * Walks from `roots` to what is there. Whatever of an earlier trace is asked for, or needed by another trace's node, should have been
 * computed with that trace: `noteWanted` gets it.
 */
export function subgraphFor(roots: readonly LazyBuffer[], noteWanted: (buffer: LazyBuffer) => void): Subgraph {
  visits += 1;
  const nodes: Node[] = [];
  const given = new Map<LazyBuffer, number>();
  const text: (number | string)[] = [];

  const numberOf = (buffer: LazyBuffer): number => {
    if (buffer.isPending) return (buffer.node as Node).number * 4 + buffer.slot;
    let number = given.get(buffer);
    if (number === undefined) {
      number = -1 - given.size;
      given.set(buffer, number);
    }
    return number;
  };

  const finish = (node: Node): void => {
    node.number = nodes.push(node) - 1;
    text.push(node.signature.id);
    for (const input of node.inputs) text.push(numberOf(input));
  };

  // Nodes on the path, and how many of their inputs have been visited.
  const path: Node[] = [];
  const progress: number[] = [];
  const enter = (node: Node): void => {
    if (node.visited === visits) return;
    node.visited = visits;
    path.push(node);
    progress.push(0);
  };

  for (const root of roots) {
    if (root.isPending) enter(root.node as Node);
    while (path.length > 0) {
      const node = path[path.length - 1] as Node;
      const next = progress[progress.length - 1] as number;
      const input = node.inputs[next];
      if (input === undefined) {
        path.pop();
        progress.pop();
        finish(node);
        continue;
      }
      progress[progress.length - 1] = next + 1;
      if (!input.isPending) continue;
      if (input.trace !== (node.outs[0] as LazyBuffer).trace) noteWanted(input);
      enter(input.node as Node);
    }
  }
  text.push(">");
  for (const root of roots) text.push(numberOf(root));
  describeGiven(text, given);
  return { nodes, given: [...given.keys()], roots, text: text.join() };
}
