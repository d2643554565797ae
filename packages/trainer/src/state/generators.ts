import { getRngState, setRngState } from "@kindling/core";
import type { Batches, LoaderState } from "../parts.ts";

/** The states of everything that a training draws from. */
export type GeneratorStates = {
  readonly default: Uint8Array;
  readonly train: LoaderState;
  readonly val: LoaderState;
};

/** Everything that a training draws from: the default generator, and those of its loaders. */
export class Generators {
  readonly #train: Batches | null;
  readonly #val: Batches | null;

  constructor(train: Batches | null = null, val: Batches | null = null) {
    this.#train = train;
    this.#val = val;
  }

  get(): GeneratorStates {
    return { default: getRngState(), train: this.#train?.stateDict?.() ?? {}, val: this.#val?.stateDict?.() ?? {} };
  }

  set(states: GeneratorStates): void {
    setRngState(states.default);
    this.#train?.loadStateDict?.(states.train);
    this.#val?.loadStateDict?.(states.val);
  }
}
