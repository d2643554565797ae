/** No watcher may take more of the time than one part in so many. */
const SHARE = 25;

/** Says when it is time to look again: not more often than every `least` milliseconds, and never for more than a small share of the time. */
export class Share {
  readonly #least: number;
  readonly #now: () => number;
  #next = 0;

  constructor(least: number, now: () => number = () => performance.now()) {
    this.#least = least;
    this.#now = now;
  }

  /** Runs `work` if it is due. */
  async run(work: () => Promise<void>): Promise<void> {
    const started = this.#now();
    if (started < this.#next) return;
    await work();
    const ended = this.#now();
    this.#next = ended + Math.max(this.#least, SHARE * (ended - started));
  }

  get isDue(): boolean {
    return this.#now() >= this.#next;
  }
}
