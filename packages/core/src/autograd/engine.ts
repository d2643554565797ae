import { AutogradError, ShapeError } from "../base/errors.ts";
import { formatShape, sameShape } from "../base/shape.ts";
import { withGradMode } from "../graph/grad-mode.ts";
import { cloneLazily, edgeOf } from "../graph/op.ts";
import { add } from "../ops/arithmetic.ts";
import { constant } from "../ops/constant.ts";
import { cast } from "../ops/conversion.ts";
import { freeingTemporaries, outsideFrames } from "../scope/temporaries.ts";
import type { GraphNode } from "../tensor/graph-node.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { copyOf } from "./accumulate.ts";

type Node = GraphNode<Tensor>;

/** Where a walk begins: at the node of an output, with the gradient that was given for it. */
interface Root {
  readonly node: Node;
  readonly output: Tensor;
  readonly given: Tensor | null;
}

interface WalkOptions {
  readonly createGraph: boolean;
  readonly retainGraph: boolean;
  /** Where gradients are caught instead of being added into leaves. */
  readonly catchAt?: ReadonlySet<Node>;
}

/** Walks the graph once in reverse order of recording. Returns what was caught. */
export function walk(roots: readonly Root[], options: WalkOptions): Map<Node, Tensor> {
  const { createGraph, retainGraph, catchAt } = options;
  const outputs = roots.map(({ output }) => output);
  const order = reachable(roots.map(({ node }) => node));
  const passed = catchAt === undefined ? null : leadingTo(order, catchAt);
  const waiting = new Map<Node, Tensor>();
  const caught = new Map<Node, Tensor>();
  const arrive = (node: Node, given: Tensor): void => {
    // Of operands that were promoted each gets its gradient in its own dtype.
    const grad = node.dtype === undefined ? given : cast(given, node.dtype);
    const before = waiting.get(node);
    waiting.set(node, before === undefined ? grad : add(before, grad));
  };
  const run = (): Map<Node, Tensor> => {
    for (const { node, output, given } of roots) {
      arrive(node, given ?? cloneLazily(constant(output.device, 1, output.dtype), output.shape));
    }
    for (const node of order) {
      const arrived = waiting.get(node);
      if (arrived === undefined) continue;
      waiting.delete(node);
      const isCaught = catchAt?.has(node) === true;
      const isPassed = passed?.has(node) !== false;
      if (!isCaught && !isPassed) continue;
      const grad = node.hooks.length === 0 ? arrived : callHooks(node, arrived, outputs);
      if (isCaught) caught.set(node, copyOf(grad, outputs));
      // Nodes below the last input asked for keep what they saved: they can still be walked.
      if (!isPassed) continue;
      const grads = node.apply(grad);
      node.next.forEach((next, i) => {
        const part = grads[i];
        if (next !== null && part !== null && part !== undefined) arrive(next, part);
      });
      if (!retainGraph) node.release();
    }
    return caught;
  };
  // With createGraph every gradient stays part of a graph; otherwise all but what was caught is temporary.
  if (createGraph) return withGradMode(true, run);
  return freeingTemporaries(
    () => withGradMode(false, run),
    (kept) => kept.values(),
    outputs,
  );
}

/** The gradient as the hooks leave it. They are the program's own code: what they are given and what they make is the program's. */
function callHooks(node: Node, arrived: Tensor, outputs: readonly Tensor[]): Tensor {
  return outsideFrames(() => {
    let grad = copyOf(arrived, outputs);
    for (const hook of [...node.hooks]) {
      const replaced = hook(grad);
      if (!isTensor(replaced)) continue;
      if (!sameShape(replaced.shape, grad.shape)) {
        throw new AutogradError(
          "backward",
          `hook '${hook.name || "<lambda>"}' has changed the size of value`,
          `it got ${formatShape(grad.shape)} and gave ${formatShape(replaced.shape)}`,
          "Return a gradient of the same shape, or nothing.",
        );
      }
      grad = replaced;
    }
    return grad;
  });
}

/** Every node below `roots`, latest first. */
function reachable(roots: readonly Node[]): Node[] {
  const seen = new Set<Node>(roots);
  const open = [...seen];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of node.next) {
      if (next === null || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return [...seen].sort((a, b) => b.id - a.id);
}

/** The nodes of `order` below which one of `targets` stands. */
function leadingTo(order: readonly Node[], targets: ReadonlySet<Node>): Set<Node> {
  const leading = new Set<Node>();
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Node;
    if (node.next.some((next) => next !== null && (targets.has(next) || leading.has(next)))) leading.add(node);
  }
  return leading;
}

/** Checks that `output` can be differentiated, from the gradient that was given for it or from 1. */
export function rootOf(op: string, output: Tensor, given: Tensor | null | undefined, index: number): Root {
  output.check(op);
  const node = output.requiresGrad ? edgeOf(output) : null;
  if (node === null) {
    throw new AutogradError(
      op,
      `element ${index} of tensors does not require grad and does not have a grad_fn`,
      `it was made by ${output.op}, shape ${formatShape(output.shape)}`,
      "Was it computed inside noGrad, detached, or from tensors that need no gradient? Leaves ask with requiresGrad_().",
    );
  }
  if (given !== null && given !== undefined) {
    if (sameShape(given.shape, output.shape)) return { node, output, given };
    throw new ShapeError(
      op,
      `Mismatch in shape: grad_output[${index}] has a shape of torch.Size(${formatShape(given.shape)}) and output[${index}] has a shape of torch.Size(${formatShape(output.shape)}).`,
      "",
      "The gradient has the shape of what it is the gradient of.",
    );
  }
  if (output.numel() === 1) return { node, output, given: null };
  throw new AutogradError(
    op,
    "grad can be implicitly created only for scalar outputs",
    `the shape is ${formatShape(output.shape)}`,
    "Reduce it first (loss.mean().backward()), or hand in the gradient: backward({ gradient }).",
  );
}
