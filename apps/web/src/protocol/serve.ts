import type { Answer, Asked, FromWorker, News, RequestName, ThrownError, ToWorker } from "./messages.ts";
import { reasonOf } from "./reason.ts";
import { Refusal } from "./refusal.ts";

/** A worker's side of the protocol: a function a request. */
export type Handlers = { readonly [N in RequestName]: (asked: Asked<N>) => Answer<N> | Promise<Answer<N>> };

/** What a worker's global scope has, and the DOM's types lack. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** The global scope as it is in a worker: this name stands for the global one of the same name. */
declare const self: WorkerScope;

/** Answers the page's requests; each in its own time, so that a drawing is classified while a training runs. */
export function serve(handlers: Handlers): void {
  self.addEventListener("message", async ({ data: { id, name, asked } }) => {
    try {
      if (!Object.hasOwn(handlers, name)) throw new TypeError(`the worker has no request ${name}`);
      const answer = await (handlers[name] as (asked: unknown) => unknown)(asked);
      self.postMessage({ id, answer });
    } catch (error) {
      self.postMessage({ id, error: thrown(error) });
    }
  });
}

function thrown(error: unknown): ThrownError {
  const { name } = error instanceof Error ? error : new Error();
  return { name, message: reasonOf(error), ...(error instanceof Refusal && { sentence: error.sentence }) };
}

export function tell(news: News, transfer: Transferable[] = []): void {
  self.postMessage({ news }, transfer);
}

/**
 * Holds a lock for as long as this worker lives. The page waits for the same lock: it gets it when the worker is gone, however that
 * came about, which no event of the worker tells. Where there are no locks (pages that are not https:) only events tell.
 */
export function announceLife(): void {
  const name = `kindling-worker-${crypto.randomUUID?.() ?? Math.random()}`;
  if (navigator.locks === undefined) return;
  void navigator.locks.request(name, () => {
    self.postMessage({ alive: name });
    return new Promise(() => {});
  });
}
