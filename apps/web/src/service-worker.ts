/** Every file that the site consists of, and what they amount to: put in when the site is built. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

/** What a service worker's global scope has, and the DOM's types lack. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { readonly includeUncontrolled: true; readonly type: "window" }): Promise<readonly unknown[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "message", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchLike) => void): void;
}
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchLike {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** The global scope as it is in a service worker: this name stands for the global one of the same name. */
declare const self: Scope;

const PREFIX = "kindling-site-";
const NAME = PREFIX + __VERSION__;
const files = new Set(__FILES__.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener("install", (event) => {
  // `reload`: past the browser's own cache, which may hold files of an older site.
  const requests = [...files].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

// A page that has just begun asks a newer site to take over. Where there are other pages, they may still need files of the older one.
self.addEventListener("message", (event) => {
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
      if (pages.length <= 1) await self.skipWaiting();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  url.hash = "";
  url.search = "";
  const key = request.mode === "navigate" && url.href === self.registration.scope ? `${url.href}index.html` : url.href;
  if (files.has(key)) event.respondWith(answer(key, request));
});

async function answer(key: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(NAME)).match(key);
  return isolated(kept ?? (await fetch(request)));
}

/** With the headers by which WebAssembly may have threads, wherever the site is served from: https://web.dev/articles/coop-coep */
function isolated(response: Response): Response {
  if (response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

export {};
