import { freeingTemporaries } from "../op.ts";
import { add } from "../ops/arithmetic.ts";
import { Tensor } from "../tensor.ts";
import { isGradEnabled } from "./grad-mode.ts";
import { type GradientHook, type GraphNode, nextNodeId } from "./graph.ts";

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

  apply(grad: Tensor): readonly Tensor[] {
    const { variable } = this;
    const { grad: before } = variable;
    if (before === null) {
      variable.grad = owned(grad);
    } else if (isGradEnabled()) {
      variable.grad = owned(add(before, grad));
    } else {
      // The tensor that `grad` is stays the same one: whoever holds it sees the sum.
      freeingTemporaries(
        () => before.storage.replace(add(before, grad).storage),
        () => [],
      );
    }
    return [];
  }

  release(): void {}
}

/** A gradient that belongs to its leaf and to no scope, with its graph where there is one. */
function owned(grad: Tensor): Tensor {
  const kept = grad.alias("backward");
  kept.gradFn = grad.gradFn;
  return kept;
}

Tensor.prototype.leafNode = function leafNode(this: Tensor): GraphNode<Tensor> {
  this.accumulator ??= new AccumulateGrad(this);
  return this.accumulator;
};
