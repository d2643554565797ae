import type { FileBytes } from "@kindling/core";
import type { State } from "./state/pack.ts";

/** The result of a hook: nothing, or a promise of nothing. */
type Done = void | Promise<void>;

/**
 * Something that watches a training, or takes part in it. Every hook is optional and takes the trainer, where all that
 * there is to know can be read. Callbacks are called in the order given: one that saves comes after those whose decisions
 * it is to save.
 *
 * A callback that remembers something between epochs gives it out through `stateDict`, and goes on from it in a resumed
 * training as if nothing had happened. `T` is the trainer: `Callback` in trainer.ts is this over it.
 */
export interface CallbackOf<T> {
  /** The key of its state. */
  readonly name: string;
  /** Before the first epoch of this `fit`. */
  onFitStart?(trainer: T): Done;
  onEpochStart?(trainer: T): Done;
  /** After each step of the optimizer; `trainer.loss` is that of the batch, and lives until the hook is done. */
  onTrainBatchEnd?(trainer: T): Done;
  onValidationStart?(trainer: T): Done;
  /** The row of this epoch is the last one in `trainer.history` from here on. */
  onValidationEnd?(trainer: T): Done;
  onEpochEnd?(trainer: T): Done;
  /** After the last epoch, and when `fit` was stopped or cancelled. */
  onFitEnd?(trainer: T): Done;
  /** Instead of `onFitEnd` when something was thrown: `trainer.exception`. `fit` throws it on afterwards. */
  onException?(trainer: T): Done;
  stateDict?(): State;
  loadStateDict?(state: State): void;
}

/** The names of the hooks. */
export type Hook = Exclude<keyof CallbackOf<never>, "name" | "stateDict" | "loadStateDict">;

/** Where a callback writes to: a folder, a database, a Map. */
export type Write = (name: string, bytes: FileBytes) => void | Promise<void>;
