/** Every file that the site consists of, and what they amount to: put in when the site is built. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;
/** What a host should send with each of them: `site/headers.ts`. */
declare const __HEADERS__: Readonly<Record<string, string>>;

/** What a service worker's global scope has, and the DOM's types lack. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
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

/** Milliseconds that a host has to answer with its page, before the one that is kept is shown. */
const PATIENCE = 2500;

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

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  url.hash = "";
  url.search = "";
  const { scope } = self.registration;
  if (request.mode === "navigate" && url.href === scope) event.respondWith(page(`${scope}index.html`, request));
  else if (files.has(url.href)) event.respondWith(answer(url.href, request));
  // A newer page asks for files that this site does not know. Data sets take long, and need nobody between.
  else if (url.href.startsWith(scope) && !url.href.startsWith(`${scope}data/`))
    event.respondWith(fetch(request).then(withHeaders));
});

async function answer(key: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(NAME)).match(key);
  return withHeaders(kept ?? (await fetch(request)));
}

/** The page as the host has it now, so that a newer one is not missed; as it is kept where the host does not answer, or not soon. */
async function page(key: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(NAME)).match(key);
  if (kept === undefined) return withHeaders(await fetch(request));
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  const fresh = fetch(request).then((response) => (response.ok ? response : kept));
  return withHeaders(await Promise.race([fresh, late]).catch(() => kept));
}

/** With the headers that the site should have wherever it is served from. What the host itself says counts, but for WebAssembly's threads. */
function withHeaders(response: Response): Response {
  if (response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(__HEADERS__)) {
    if (!headers.has(name) || /^Cross-Origin-(Opener|Embedder)-Policy$/.test(name)) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

export {};
