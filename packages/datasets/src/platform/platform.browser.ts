import { httpError } from "../download/mirror-error.ts";
import { cacheStore, pageCaches } from "../store/cache-store.browser.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Platform } from "./platform.ts";

export const platform: Platform = {
  store: pageCaches === undefined ? memoryStore() : cacheStore(pageCaches),

  async open(url, signal) {
    const { ok, status, statusText, headers, body } = await fetch(url, { signal });
    if (!ok || body === null) throw httpError(status, statusText);
    // What is unpacked on the way has another length than was announced.
    const length = headers.has("content-encoding") ? null : headers.get("content-length");
    return { length: length === null ? undefined : Number(length), body: chunks(body) };
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
