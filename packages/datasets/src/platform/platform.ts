import type { Store } from "../store/store.ts";

/** What differs between Node and a browser. The file that serves is chosen by package.json's `imports`. */
export interface Platform {
  /** Where files are kept when the caller names no store. */
  readonly store: Store;

  /**
   * Asks for the content of `url` and waits for the beginning of the answer. Aborting `signal` ends everything at once,
   * the reading of the body too.
   *
   * @throws MirrorError for an answer without content; whatever the platform throws when there is no answer.
   */
  open(url: string, signal: AbortSignal): Promise<Answer>;
}

export interface Answer {
  /** The length of the body, where it is known beforehand. */
  readonly length: number | undefined;
  readonly body: AsyncIterator<Uint8Array>;
}
