import type { Store } from "./store.ts";

/** What we need of the DOM's Cache, whose types come with the DOM only. */
interface Cache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

interface CacheStorage {
  open(name: string): Promise<Cache>;
}

/** The page's CacheStorage; undefined outside https: and localhost. */
export const pageCaches = (globalThis as { caches?: CacheStorage }).caches;

/** A cache wants addresses: this host never exists (RFC 2606), so they stand for nothing but the key. */
const address = (key: string): string => `https://kindling.invalid/${encodeURIComponent(key)}`;

/** Files in the browser's Cache API: kept over visits, and an entry appears only when it is whole. */
export function cacheStore(caches: CacheStorage, name = "kindling"): Store {
  return {
    async get(key) {
      const response = await (await caches.open(name)).match(address(key));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    async put(key, bytes) {
      await (await caches.open(name)).put(address(key), new Response(bytes as Uint8Array<ArrayBuffer>));
    },
  };
}
