import type { Failure, LazyBuffer, Node } from "./lazy-buffer.ts";
import { type Subgraph, subgraphFor, subgraphOf } from "./subgraph.ts";

// A graph that fails says little of which of its calls did, and what of it could be computed all the same. It is found by trying parts.

/** The part of a graph that could not be computed, and the call that failed. */
export interface Spoilt extends Failure {
  readonly roots: readonly LazyBuffer[];
}

/** A graph to be run; `settles` where its roots take what comes out, else it only shows whether it can be. */
export interface Attempt {
  readonly subgraph: Subgraph;
  readonly settles: boolean;
}

/** Asks for graphs to be run, now or later, and receives the error of each; null if there was none. */
export type Attempts<R> = Generator<Attempt, R, Error | null>;

/** Computes the roots of a graph; all that can be, where it fails. */
export function* attempt(subgraph: Subgraph): Attempts<Spoilt[]> {
  if (subgraph.roots.length === 0) return [];
  const error = yield { subgraph, settles: true };
  return error === null ? [] : yield* untangle(subgraph, error);
}

/** Computes what does not depend on `missing`, buffers that should have been there. */
export function* attemptWithout(subgraph: Subgraph, missing: readonly LazyBuffer[]): Attempts<Spoilt[]> {
  const spoilt: Spoilt[] = [];
  let { roots } = subgraph;
  for (const buffer of missing) {
    const tainted = dependents(subgraph.nodes, (input) => input === buffer);
    const [lost, rest] = parted(roots, tainted);
    if (buffer.failure !== null) spoilt.push({ ...buffer.failure, roots: lost });
    roots = rest;
  }
  return [...spoilt, ...(yield* attempt(subgraphOf(needed(subgraph.nodes, roots), roots)))];
}

/** Finds the first call that fails, by halves, and computes the roots that do not need it. */
function* untangle({ nodes, roots }: Subgraph, found: Error): Attempts<Spoilt[]> {
  let error = found;
  // The first `whole` calls can be computed, the first `broken` cannot.
  let [whole, broken] = [0, nodes.length];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    const problem = yield { subgraph: firstOf(nodes, middle), settles: false };
    if (problem === null) whole = middle;
    else [broken, error] = [middle, problem];
  }
  if (broken === nodes.length) {
    const problem = yield { subgraph: subgraphOf(nodes, roots), settles: true };
    // The cause is gone: memory was short before, for example.
    if (problem === null) return [];
    error = problem;
  }
  const culprit = nodes[broken - 1] as Node;
  const [lost, rest] = parted(
    roots,
    dependents(nodes, () => false, culprit),
  );
  return [{ culprit, error, roots: lost }, ...(yield* attempt(subgraphOf(needed(nodes, rest), rest)))];
}

/** The first `count` calls, with those results that none of them takes: nothing is left out as unneeded. */
function firstOf(nodes: readonly Node[], count: number): Subgraph {
  const part = nodes.slice(0, count);
  const taken = new Set(part.flatMap(({ inputs }) => inputs));
  const roots = part.flatMap(({ outs }) => (outs.some((out) => taken.has(out)) ? [] : outs.slice(0, 1)));
  return subgraphOf(part, roots);
}

/** The calls that need `culprit`, itself among them, or an input of which `isLost` holds. */
function dependents(
  nodes: readonly Node[],
  isLost: (input: LazyBuffer) => boolean,
  culprit?: Node,
): ReadonlySet<Node | null> {
  const found = new Set<Node | null>();
  for (const node of nodes) {
    const needs = node.inputs.some((input) => isLost(input) || (input.node !== null && found.has(input.node)));
    if (node === culprit || needs) found.add(node);
  }
  return found;
}

function parted(roots: readonly LazyBuffer[], tainted: ReadonlySet<Node | null>): [LazyBuffer[], LazyBuffer[]] {
  const isLost = ({ node }: LazyBuffer): boolean => node !== null && tainted.has(node);
  return [roots.filter(isLost), roots.filter((root) => !isLost(root))];
}

/** The calls of which `roots` are computed. */
function needed(nodes: readonly Node[], roots: readonly LazyBuffer[]): Node[] {
  const found = new Set(roots.map(({ node }) => node));
  for (const node of [...nodes].reverse()) if (found.has(node)) for (const input of node.inputs) found.add(input.node);
  return nodes.filter((node) => found.has(node));
}

/**
 * Restores a part of the program's state to the elements that it had before the call that failed, as if the program had stopped there: it
 * learns of the failure now, and may go on. `settle` hands the elements over; null if the state had none yet.
 */
export function* restore(
  state: LazyBuffer,
  { culprit }: Failure,
  settle: (state: LazyBuffer, from: LazyBuffer | null) => void,
): Attempts<void> {
  const failedAt = (culprit.outs[0] as LazyBuffer).order;
  let oldest: LazyBuffer | null = null;
  for (let version = state.previous; version !== null; version = version.previous) {
    if (version.value !== null) oldest = version;
    if (version.order > failedAt) continue;
    if (version.value === null) {
      const error = yield { subgraph: subgraphFor([version], () => {}), settles: true };
      if (error !== null) continue;
    }
    settle(state, version);
    return;
  }
  settle(state, oldest);
}
