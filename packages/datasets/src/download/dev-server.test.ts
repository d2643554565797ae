import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { expect, test } from "vitest";
import { memoryStore } from "../store/memory-store.ts";
import { tinyMNIST } from "../testing/tiny-mnist.ts";

test("Vite's server has the plain files, and a page for all else", async () => {
  const root = await mkdtemp(join(tmpdir(), "kindling-vite-"));
  const { files, TinyMNIST } = await tinyMNIST();
  await writeFile(join(root, "index.html"), `<!doctype html><title>An app</title><!-- ${"x".repeat(30_000)} -->`);
  await mkdir(join(root, "public"));
  for (const [name, content] of files) await writeFile(join(root, "public", name), content);
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    await server.listen();
    const mirrors = [new URL(server.resolvedUrls?.local[0] ?? "")];
    const store = memoryStore();
    const loaded = await TinyMNIST.load({ root: "data", download: true, mirrors, store });
    expect(loaded.length).toBe(20);

    await rm(join(root, "public/t10k-labels-idx1-ubyte"));
    const missing = TinyMNIST.load({ root: "data", download: true, mirrors, store: memoryStore() });
    await expect(missing).rejects.toThrow(
      `Tried ${mirrors[0]}, got:\nan HTML page instead of the file; without .gz: HTTP Error 500`,
    );
  } finally {
    await server.close();
    await rm(root, { recursive: true });
  }
});
