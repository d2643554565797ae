import type { Device, Tensor } from "@kindling/core";
import type { Parameter } from "@kindling/nn";

/** The source of a loader's order, if not the default generator: generators' states by name. */
export type LoaderState = Readonly<Record<string, Uint8Array>>;

/** The source of batches: a `DataLoader`, or anything that gives `[inputs, targets]` anew at each iteration. */
export interface Batches {
  /** How many batches an iteration gives, where that is known. */
  readonly length?: number;
  [Symbol.asyncIterator](): AsyncIterator<readonly [Tensor, Tensor]>;
  stateDict?(): LoaderState;
  loadStateDict?(state: LoaderState): unknown;
}

/** A network of one input and one output: any `Module` that is called so. */
export interface Model {
  (inputs: Tensor): Tensor;
  readonly training: boolean;
  parameters(): Iterable<Parameter>;
  stateDict(): Record<string, Tensor>;
  loadStateDict(state: Readonly<Record<string, unknown>>): unknown;
  train(mode?: boolean): unknown;
  eval(): unknown;
  to(device: Device): unknown;
}

/** A loss: a module such as `CrossEntropyLoss`, or a function such as `crossEntropy`, whose result is a mean over the samples. */
export type Criterion = (outputs: Tensor, targets: Tensor) => Tensor;

/** Any `Optimizer` that needs no closure. */
export interface Learner {
  /** How often `step` was called, where it counts: a scheduler warns of a step of its own before the first. */
  stepCount?: number;
  zeroGrad(): void;
  step(): unknown;
  stateDict(): object;
  loadStateDict(state: object): void;
}

/** A rule for the learning rate: one step an epoch. */
export interface Scheduler {
  step(): void;
  stateDict(): object;
  loadStateDict(state: object): void;
}
