import { getRngState, setRngState } from "@kindling/core";
import { loadTogether } from "@kindling/core/extend";
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

  /** Puts all of them where they were. Throws ValueError, and changes none, where one does not take its state. */
  set(states: GeneratorStates): void {
    const standard = { stateDict: getRngState, loadStateDict: setRngState };
    loadTogether("Trainer.fit", [
      { key: "generators.default", holder: standard, state: states.default },
      { key: "generators.train", holder: this.#train ?? {}, state: states.train },
      { key: "generators.val", holder: this.#val ?? {}, state: states.val },
    ]);
  }
}
