import type { DType } from "../base/dtype.ts";
import { isGradEnabled, withGradMode } from "../graph/grad-mode.ts";
import { add } from "../ops/arithmetic.ts";
import { clone } from "../ops/copying.ts";
import { overwrite } from "../ops/views.ts";
import { freeingTemporaries, made } from "../scope/temporaries.ts";
import { type GradientHook, type GraphNode, nextNodeId } from "../tensor/graph-node.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The end of every path through the graph: adds what arrives into the leaf's `grad`. */
export class AccumulateGrad implements GraphNode<Tensor> {
  readonly id = nextNodeId();
  readonly name = "AccumulateGrad";
  readonly next = [];
  readonly hooks: GradientHook<Tensor>[] = [];
  readonly variable: Tensor;

  constructor(variable: Tensor) {
    this.variable = variable;
  }

  get dtype(): DType {
    return this.variable.dtype;
  }

  apply(grad: Tensor): readonly Tensor[] {
    accumulate(this.variable, grad);
    return [];
  }

  release(): void {}
}

/** The same gradient as a tensor of its own, in its graph where it has one. */
export function copyOf(grad: Tensor, inputs: readonly Tensor[]): Tensor {
  return isGradEnabled() && grad.requiresGrad ? clone(grad) : made(grad.fork("backward"), inputs);
}

/** Adds `grad` into the `grad` of `x`. */
export function accumulate(x: Tensor, grad: Tensor): void {
  const before = x.grad;
  if (before === null) {
    x.grad = copyOf(grad, []);
  } else if (isGradEnabled()) {
    x.grad = add(before, grad);
  } else {
    // The tensor that `grad` is stays the same one: whoever holds it sees the sum.
    freeingTemporaries(
      () => overwrite(before, add(before, grad)),
      () => [],
    );
  }
}

/** Forgets the gradient of `leaf`, or fills it with zeros. */
export function resetGrad(leaf: Tensor, setToNone: boolean): void {
  const { grad } = leaf;
  if (grad === null) return;
  if (setToNone) {
    leaf.grad = null;
    grad.dispose();
  } else {
    withGradMode(false, () => grad.zero_());
  }
}

/** The node that adds into `grad` of a leaf. */
export function leafNode(leaf: Tensor): GraphNode<Tensor> {
  leaf.accumulator ??= new AccumulateGrad(leaf);
  return leaf.accumulator;
}
