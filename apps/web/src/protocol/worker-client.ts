import type { Answer, Asked, FromWorker, News, RequestName, ThrownError, ToWorker } from "./messages.ts";
import type { Sentence } from "./refusal.ts";

/** The worker is gone: whatever it was asked for will not be answered. */
export class WorkerDied extends Error {
  override readonly name = "WorkerDied";
}

/** What the worker has thrown. */
export class WorkerError extends Error {
  override readonly name: string;
  /** What the page says of it, if the worker has chosen the words. */
  readonly sentence: Sentence | undefined;

  constructor({ name, message, sentence }: ThrownError) {
    super(message);
    this.name = name;
    this.sentence = sentence;
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** The page's side of the protocol. When the worker dies, everything that waits for it fails with `WorkerDied`. */
export class WorkerClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onNews: (news: News) => void;
  #lastId = 0;
  #death: WorkerDied | null = null;

  constructor(worker: Worker, onNews: (news: News) => void) {
    this.#worker = worker;
    this.#onNews = onNews;
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.kill(event.message || "it could not be loaded");
    });
    worker.addEventListener("messageerror", () => this.kill("a message could not be read"));
  }

  get isDead(): boolean {
    return this.#death !== null;
  }

  ask<N extends RequestName>(name: N, ...[asked]: Asked<N> extends undefined ? [] : [Asked<N>]): Promise<Answer<N>> {
    if (this.#death !== null) return Promise.reject(this.#death);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Answer<N>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.#worker.postMessage({ id, name, asked } satisfies ToWorker);
    });
  }

  /** Ends the worker, if it has not ended by itself. */
  kill(why: string): void {
    if (this.#death !== null) return;
    this.#death = new WorkerDied(why);
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#death);
    this.#waiting.clear();
  }

  #hear(message: FromWorker): void {
    if (this.#death !== null) return;
    if ("news" in message) {
      this.#onNews(message.news);
      return;
    }
    if ("alive" in message) {
      void navigator.locks.request(message.alive, () => this.kill("the browser ended it"));
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("error" in message) waiting?.reject(new WorkerError(message.error));
    else waiting?.resolve(message.answer);
  }
}
