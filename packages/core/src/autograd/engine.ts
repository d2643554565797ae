import { AutogradError, ShapeError } from "../errors.ts";
import { edgeOf, forked, freeingTemporaries } from "../op.ts";
import { add } from "../ops/arithmetic.ts";
import { constant } from "../ops/constant.ts";
import { formatShape, sameShape } from "../shape.ts";
import { isTensor, type Tensor } from "../tensor.ts";
import type { BackwardOptions } from "../tensor-methods.ts";
import { AccumulateGrad } from "./accumulate.ts";
import { withGradMode } from "./grad-mode.ts";
import type { GraphNode } from "./graph.ts";

type Node = GraphNode<Tensor>;

interface WalkOptions {
  readonly outputs: readonly Tensor[];
  readonly createGraph: boolean;
  readonly retainGraph: boolean;
  /** Where gradients are caught instead of being added into leaves. */
  readonly catchAt?: ReadonlySet<Node>;
}

/** Walks the graph once in reverse order of recording. Returns what was caught. */
function walk(roots: readonly (readonly [Node, Tensor])[], options: WalkOptions): Map<Node, Tensor> {
  const { createGraph, retainGraph, catchAt } = options;
  const order = reachable(roots.map(([node]) => node));
  const wanted = catchAt === undefined ? null : leadingTo(order, catchAt);
  const waiting = new Map<Node, Tensor>();
  const caught = new Map<Node, Tensor>();
  // What a hook has seen it may have kept.
  const shown: Tensor[] = [];
  const arrive = (node: Node, grad: Tensor): void => {
    const before = waiting.get(node);
    waiting.set(node, before === undefined ? grad : add(before, grad));
  };
  const run = (): Map<Node, Tensor> => {
    for (const [node, grad] of roots) arrive(node, grad);
    for (const node of order) {
      let grad = waiting.get(node);
      if (grad === undefined || (wanted !== null && !wanted.has(node))) continue;
      waiting.delete(node);
      for (const hook of [...node.hooks]) {
        shown.push(grad);
        const replaced = hook(grad);
        if (isTensor(replaced)) grad = replaced;
      }
      if (catchAt?.has(node) === true) caught.set(node, grad);
      if (catchAt !== undefined && node instanceof AccumulateGrad) continue;
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
    (kept) => [...kept.values(), ...shown],
    options.outputs,
  );
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

/** The nodes of `order` from which one of `targets` is reached. */
function leadingTo(order: readonly Node[], targets: ReadonlySet<Node>): Set<Node> {
  const leading = new Set<Node>();
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Node;
    if (targets.has(node) || node.next.some((next) => next !== null && leading.has(next))) leading.add(node);
  }
  return leading;
}

/** The gradient to start from: given, or 1 for a scalar. */
function startingGrad(op: string, output: Tensor, given: Tensor | null | undefined): Tensor {
  if (given !== null && given !== undefined) {
    if (sameShape(given.shape, output.shape)) return given;
    throw new ShapeError(
      op,
      `Mismatch in shape: grad_output[0] has a shape of torch.Size(${formatShape(given.shape)}) and output[0] has a shape of torch.Size(${formatShape(output.shape)}).`,
      "",
      "The gradient has the shape of what it is the gradient of.",
    );
  }
  if (output.numel() !== 1) {
    throw new AutogradError(
      op,
      "grad can be implicitly created only for scalar outputs",
      `the shape is ${formatShape(output.shape)}`,
      "Reduce it first (loss.mean().backward()), or hand in the gradient: backward({ gradient }).",
    );
  }
  return forked(constant(output.device, 1, "float32"), output.shape);
}

function rootOf(op: string, output: Tensor, index: number): Node {
  output.check(op);
  const node = output.requiresGrad ? edgeOf(output) : null;
  if (node !== null) return node;
  throw new AutogradError(
    op,
    `element ${index} of tensors does not require grad and does not have a grad_fn`,
    `it was made by ${output.op}, shape ${formatShape(output.shape)}`,
    "Was it computed inside noGrad, detached, or from tensors that need no gradient? Leaves ask with requiresGrad_().",
  );
}

/**
 * The gradients of `output` are added into `grad` of the leaves it was computed from.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html
 */
export function backward(output: Tensor, options: BackwardOptions<Tensor> = {}): void {
  const node = rootOf("backward", output, 0);
  const start = startingGrad("backward", output, options.gradient);
  const createGraph = options.createGraph ?? false;
  walk([[node, start]], { outputs: [output], createGraph, retainGraph: options.retainGraph ?? createGraph });
}

export interface GradOptions {
  readonly gradOutputs?: Tensor | readonly (Tensor | null)[];
  readonly retainGraph?: boolean;
  readonly createGraph?: boolean;
  /** Inputs that the outputs do not depend on give null instead of an error. */
  readonly allowUnused?: boolean;
}

/**
 * The gradients of `outputs` with respect to `inputs`, without touching any `grad`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad.html
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions & { readonly allowUnused: true },
): (Tensor | null)[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options?: GradOptions,
): Tensor[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): (Tensor | null)[] {
  const [from, to] = [listOf(outputs), listOf(inputs)];
  const given = options.gradOutputs === undefined ? [] : listOf(options.gradOutputs);
  const roots = from.map(
    (output, i) =>
      [rootOf("grad", output, i), startingGrad("grad", output, given[i] as Tensor | null | undefined)] as const,
  );
  const targets = to.map((input) => {
    if (input.requiresGrad) return edgeOf(input) as Node;
    throw new AutogradError(
      "grad",
      "One of the differentiated Tensors does not require grad",
      "",
      "Call requiresGrad_() on it first.",
    );
  });
  const createGraph = options.createGraph ?? false;
  const caught = walk(roots, {
    outputs: from,
    createGraph,
    retainGraph: options.retainGraph ?? createGraph,
    catchAt: new Set(targets),
  });
  return targets.map((node) => {
    const found = caught.get(node);
    if (found !== undefined) return found;
    if (options.allowUnused === true) return null;
    throw new AutogradError(
      "grad",
      "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.",
      "",
      "Here: grad(outputs, inputs, { allowUnused: true }).",
    );
  });
}

function listOf<V>(value: V | readonly V[]): readonly V[] {
  return Array.isArray(value) ? value : [value as V];
}
