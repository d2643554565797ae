import { leaveScope, leavingScope, surplusArguments } from "@kindling/core/extend";
import { takeTurn, turnIsDue } from "./event-loop-turn.ts";

/** Where the batches of an epoch come from, one call a batch. */
export interface BatchSource<B> {
  next(): IteratorResult<B, undefined> | Promise<IteratorResult<B, undefined>>;
  /** Called when the loop ends before the batches do. */
  close(): unknown;
}

/**
 * One epoch. No batch belongs to a scope that runs when it is made: whoever asks is about to await, and what others create
 * meanwhile is theirs.
 */
export class LoaderIterator<B> implements AsyncIterableIterator<B> {
  #source: BatchSource<B> | null;

  constructor(source: BatchSource<B>) {
    if (arguments.length > 1) throw surplusArguments("new LoaderIterator(source)", arguments.length);
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<B, undefined>> {
    return leavingScope(() => this.#next());
  }

  async #next(): Promise<IteratorResult<B, undefined>> {
    if (turnIsDue()) {
      await takeTurn();
      leaveScope();
    }
    return (await this.#source?.next()) ?? { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<B, undefined>> {
    const source = this.#source;
    this.#source = null;
    await source?.close();
    return { done: true, value: undefined };
  }
}

/** Batches that `read` makes of each of `keys`. */
export function keyedSource<K, B>(keys: Iterator<K>, read: (key: K) => B): BatchSource<B> {
  return {
    next() {
      const { done, value } = keys.next();
      return done === true ? { done: true, value: undefined } : { done: false, value: read(value) };
    },
    close: () => keys.return?.(),
  };
}
