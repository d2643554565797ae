import type { News } from "../protocol/messages.ts";
import { WorkerClient } from "../protocol/worker-client.ts";

/** Where it is computed: a worker, begun when it is first asked for and anew when it has died, and what it has at hand. */
export class Workshop {
  readonly #makeWorker: () => Worker;
  readonly #onNews: (news: News) => void;
  #client: WorkerClient | null = null;
  #opened: string | null = null;

  constructor(makeWorker: () => Worker, onNews: (news: News) => void) {
    this.#makeWorker = makeWorker;
    this.#onNews = onNews;
  }

  /** The run whose network the worker has. */
  get opened(): string | null {
    return this.#client?.isDead === false ? this.#opened : null;
  }

  set opened(id: string | null) {
    this.#opened = id;
  }

  /** The worker that there is, alive or not; null where none was begun. */
  get present(): WorkerClient | null {
    return this.#client;
  }

  /** A worker that lives. */
  get worker(): WorkerClient {
    if (this.#client === null || this.#client.isDead) {
      this.#opened = null;
      this.#client = new WorkerClient(this.#makeWorker(), this.#onNews);
    }
    return this.#client;
  }

  kill(why: string): void {
    this.#client?.kill(why);
  }
}
