import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Resource } from "../resource.ts";
import { cacheStore } from "../store/cache-store.browser.ts";
import { memoryStore } from "../store/memory-store.ts";
import { type Behaviour, type FaultServer, faultServer, refusingMirror } from "../testing/fault-server.node.ts";
import { tinyMNIST } from "../testing/tiny-mnist.ts";

let ensureFiles: typeof import("../folder/ensure-files.ts").ensureFiles;

const TIMEOUT = 400;

let server: FaultServer;
let resource: Resource;
let content: Uint8Array;

// Node has the web's fetch, streams and Response: the browser's half runs here, against the same faults. What other files have loaded is bound
// to Node's half, and what is loaded here must not be left to them.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock("#platform", () => import("./platform.browser.ts"));
  ({ ensureFiles } = await import("../folder/ensure-files.ts"));
  const { files, TinyMNIST } = await tinyMNIST();
  [resource] = TinyMNIST.resources;
  content = files.get(resource.file) as Uint8Array;
  server = await faultServer(files);
});

afterAll(async () => {
  vi.doUnmock("#platform");
  vi.resetModules();
  await server.close();
});

async function fetchVia(mirrors: readonly string[], store = memoryStore()): Promise<Uint8Array | undefined> {
  const options = {
    op: "MNIST.load",
    folder: "data/MNIST/raw",
    store,
    download: true,
    timeout: TIMEOUT,
    speedLimit: 1000,
    speedTime: 600,
  };
  return (await ensureFiles([resource], { ...options, mirrors }))[0];
}

test.each<Behaviour>(["good", "chunked", "redirect", "unpacking", "plainOnly", "pageForMissing", "brotli"])(
  "serves: %s",
  async (behaviour) => {
    expect(await fetchVia([server.mirror(behaviour)])).toEqual(content);
  },
);

describe("the next mirror serves", () => {
  test.each<Behaviour>([
    "101",
    "204",
    "206",
    "304",
    "redirectNowhere",
    "redirectToFile",
    "redirectToNonsense",
    "oddLength",
    "longBody",
    "brokenChunk",
    "notGzip",
    "drip",
    "403",
    "404",
    "500",
    "redirectLoop",
    "closedBeforeHeaders",
    "resetBeforeHeaders",
    "silence",
    "notHttp",
    "stall",
    "resetMidBody",
    "shortBody",
    "cutGzip",
    "brokenGzip",
    "wrongChecksum",
    "html",
    "bomb",
    "endless",
    "absurdLength",
  ])("%s", async (behaviour) => {
    await expect(fetchVia([server.mirror(behaviour)])).rejects.toThrow("Error downloading train-images-idx3-ubyte.gz");
    expect(await fetchVia([server.mirror(behaviour), server.mirror("good")])).toEqual(content);
  });

  test("nobody listens, and a file: mirror", async () => {
    expect(await fetchVia([await refusingMirror(), "file:///mnist/", server.mirror("good")])).toEqual(content);
  });
});

test("files are kept in the page's cache", async () => {
  const entries = new Map<string, Response>();
  const caches = {
    open: async () => ({
      match: async (url: string) => entries.get(url)?.clone(),
      put: async (url: string, response: Response) => void entries.set(url, response),
    }),
  };
  const store = cacheStore(caches);
  expect(await fetchVia([server.mirror("good")], store)).toEqual(content);
  expect([...entries.keys()]).toEqual([
    "https://kindling.invalid/data%2FMNIST%2Fraw%2Ftrain-images-idx3-ubyte.gz",
    "https://kindling.invalid/data%2FMNIST%2Fraw%2Ftrain-images-idx3-ubyte",
  ]);
  expect(await fetchVia([], store)).toEqual(content);
  expect(await store.get("nothing")).toBeUndefined();
});
