import { AutogradError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { edgeOf } from "../graph/op.ts";
import type { GraphNode } from "../tensor/graph-node.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rootOf, walk } from "./engine.ts";

export interface GradOptions {
  readonly gradOutputs?: Tensor | readonly (Tensor | null)[];
  readonly retainGraph?: boolean;
  readonly createGraph?: boolean;
  /** Inputs that the outputs do not depend on give null instead of an error. */
  readonly allowUnused?: boolean;
}

/** A gradient for each input: `[G]` for a lone tensor, a tuple for a tuple. */
export type Gradients<Inputs, G> = Inputs extends readonly unknown[] ? { -readonly [K in keyof Inputs]: G } : [G];

/**
 * The gradients of `outputs` with respect to `inputs`, without touching any `grad`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad.html
 */
export function grad<const Inputs extends Tensor | readonly Tensor[]>(
  outputs: Tensor | readonly Tensor[],
  inputs: Inputs,
  options: GradOptions & { readonly allowUnused: true },
): Gradients<Inputs, Tensor | null>;
export function grad<const Inputs extends Tensor | readonly Tensor[]>(
  outputs: Tensor | readonly Tensor[],
  inputs: Inputs,
  options?: GradOptions,
): Gradients<Inputs, Tensor>;
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): unknown {
  checkOptions("grad", options, ["gradOutputs", "retainGraph", "createGraph", "allowUnused"]);
  const [from, to] = [listOf(outputs), listOf(inputs)];
  const given = options.gradOutputs === undefined ? null : listOf(options.gradOutputs);
  if (given !== null && given.length !== from.length) {
    throw new AutogradError("grad", `got ${from.length} tensors and ${given.length} gradients`);
  }
  const roots = from.map((output, i) => rootOf("grad", output, given?.[i], i));
  const targets = to.map((input) => {
    if (input.requiresGrad) return edgeOf(input) as GraphNode<Tensor>;
    throw new AutogradError(
      "grad",
      "One of the differentiated Tensors does not require grad",
      "",
      "Call requiresGrad_() on it first.",
    );
  });
  const createGraph = options.createGraph ?? false;
  const caught = walk(roots, {
    createGraph,
    retainGraph: options.retainGraph ?? createGraph,
    catchAt: new Set(targets),
  });
  return targets.map((node, i): Tensor | null => {
    const found = caught.get(node);
    if (found !== undefined) return found;
    if (options.allowUnused === true) return null;
    throw new AutogradError(
      "grad",
      "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.",
      `it is the one at index ${i}`,
      "Here: grad(outputs, inputs, { allowUnused: true }).",
    );
  });
}

function listOf<V>(value: V | readonly V[]): readonly V[] {
  return Array.isArray(value) ? value : [value as V];
}
