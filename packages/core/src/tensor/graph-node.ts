import type { DType } from "../base/dtype.ts";
import { shared } from "../base/global.ts";

/** One op that was recorded: what `tensor.gradFn` shows, and what `backward` walks. `T` is the tensor. */
export interface GraphNode<T> {
  /** Ascending in the order of recording: every edge leads to a smaller one. */
  readonly id: number;
  /** As PyTorch prints it: `MulBackward0`. */
  readonly name: string;
  /** The nodes that made the inputs; null where an input needs no gradient. */
  readonly next: readonly (GraphNode<T> | null)[];
  /** The dtype of the output, which its gradient has too; absent, that which it arrives in. */
  readonly dtype?: DType;
  /** Called with the gradient of the output before it is used; what one returns replaces it. */
  readonly hooks: GradientHook<T>[];
  /** From the gradient of the output to those of the inputs. */
  apply(grad: T): readonly (T | null)[];
  /** Forgets what was saved for `apply`. */
  release(): void;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing, as in PyTorch
export type GradientHook<T> = (grad: T) => T | undefined | void;

// One count in a program: a graph may run through ops of two copies of this package.
const nodes = shared("graphNodes", () => ({ count: 0 }));

export function nextNodeId(): number {
  nodes.count += 1;
  return nodes.count;
}
