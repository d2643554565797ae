import { httpError } from "../download/mirror-error.ts";
import { cacheStore, pageCaches } from "../store/cache-store.browser.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Platform } from "./platform.ts";

export const platform: Platform = {
  store: pageCaches === undefined ? memoryStore() : cacheStore(pageCaches),

  async open(url, signal) {
    const { status, statusText, headers, body } = await fetch(url, { signal });
    if (status !== 200 || body === null) throw httpError(status, statusText);
    // What is unpacked on the way has another length than was announced.
    const length = headers.has("content-encoding") ? "" : (headers.get("content-length") ?? "");
    return { length: /^\d+$/.test(length) ? Number(length) : undefined, body: chunks(body) };
  },
};

/** What `body` itself iterates over, where the browser lets it. */
async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
