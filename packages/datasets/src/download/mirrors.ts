/** The mirrors of one load, in the order in which to try them. One that has failed comes last from then on. */
export class Mirrors {
  #order: readonly string[];

  constructor(mirrors: string | URL | Iterable<string | URL>) {
    const one = typeof mirrors === "string" || mirrors instanceof URL;
    this.#order = [...new Set(one ? [String(mirrors)] : Array.from(mirrors, String))];
  }

  /** The order as it stands now: demoting while walking it changes nothing. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#order.values();
  }

  demote(mirror: string): void {
    this.#order = [...this.#order.filter((other) => other !== mirror), mirror];
  }
}
