import type { Tensor } from "@kindling/core";
import type { LRScheduler, Optimizer, Params } from "../index.ts";
import * as optim from "../index.ts";

type MadeOfParams = new (
  params: Params<{ lr: number }> | Iterable<{ params: Tensor[] }>,
  options: object,
) => Optimizer<{
  lr: number;
}>;
type MadeOfOptimizer = new (optimizer: Optimizer<{ lr: number }>, ...args: unknown[]) => LRScheduler;

const index: Readonly<Record<string, unknown>> = { ...optim };

/** The optimizer of this name, as a golden row writes it down. All that is known of its options is that `lr` is among them. */
export function makeOptimizer(name: string, ...args: ConstructorParameters<MadeOfParams>): Optimizer<{ lr: number }> {
  const Type = index[name] as MadeOfParams;
  return new Type(...args);
}

/** The scheduler of this name, as a golden row writes it down: its arguments after the optimizer, and its options. */
export function makeScheduler(
  name: string,
  optimizer: Optimizer<{ lr: number }>,
  args: readonly unknown[],
  options: object,
): LRScheduler {
  const Type = index[name] as MadeOfOptimizer;
  return new Type(optimizer, ...args, options);
}
