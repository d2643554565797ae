import type { Batches } from "@kindling/trainer";

/** Where a training waits while it is held. */
export class Gate {
  #open: (() => void) | null = null;
  #opened: Promise<void> = Promise.resolve();
  /** Told when somebody has come to the closed gate. */
  #onHeld: (() => void)[] = [];
  #stepOnly = false;
  #isHeld = false;

  get isClosed(): boolean {
    return this.#open !== null;
  }

  /** Whether whoever passes next will be held. */
  get isWaiting(): boolean {
    return this.isClosed || this.#stepOnly;
  }

  /** Holds whoever passes next; resolved when somebody is held. */
  close(): Promise<void> {
    if (this.#open === null) {
      this.#opened = new Promise((resolve) => {
        this.#open = resolve;
      });
    }
    if (this.#isHeld) return Promise.resolve();
    return new Promise((resolve) => this.#onHeld.push(resolve));
  }

  open(): void {
    this.#open?.();
    this.#open = null;
  }

  /** Lets one step through, and closes behind it. */
  letOne(): void {
    this.#stepOnly = true;
    this.open();
  }

  /** Called after each step: undefined where nobody is held. */
  pass(onHeld: () => Promise<void>): Promise<void> | undefined {
    if (this.#stepOnly) {
      this.#stepOnly = false;
      void this.close();
    }
    return this.isClosed ? this.#hold(onHeld) : undefined;
  }

  async #hold(onHeld: () => Promise<void>): Promise<void> {
    while (this.isClosed) {
      this.#isHeld = true;
      await onHeld();
      for (const told of this.#onHeld.splice(0)) told();
      await this.#opened;
      this.#isHeld = false;
    }
  }
}

/** The batches of `loader`, each of which waits for `before`: for passes that tell nobody of their steps. */
export function paced(loader: Batches, before: () => Promise<void> | undefined): Batches {
  return {
    get length() {
      return loader.length as number;
    },
    [Symbol.asyncIterator]() {
      const inner = loader[Symbol.asyncIterator]();
      return {
        async next() {
          await before();
          return inner.next();
        },
        return: async () => (await inner.return?.()) ?? { done: true, value: undefined },
      };
    },
    stateDict: () => loader.stateDict?.() ?? {},
    loadStateDict: (state) => loader.loadStateDict?.(state),
  };
}
