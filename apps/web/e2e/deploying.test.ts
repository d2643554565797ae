import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("a newer site is there when the page is loaded again, with its own files, isolated, and trains", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-deploy-"));
  try {
    cpSync(inject("site"), folder, { recursive: true });
    await using visitor = await Visitor.arrive({ site: folder, server: { isolated: false } });
    const { page } = visitor;
    await visitor.open("device=wasm&epochs=1&hidden=8");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    deployNewer(folder);
    await page.reload();
    await expect.poll(() => page.title(), POLL).toBe("Newer");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await visitor.press("start");
    await visitor.reached(1, 1);
    expect(page.workers().some((worker) => worker.url().includes("/assets/newer-worker-"))).toBe(true);
    expect(visitor.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Every script under another name, as another build would give it; the older ones are gone. */
function deployNewer(folder: string): void {
  const assets = join(folder, "assets");
  const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"));
  const newer = (text: string) => scripts.reduce((all, name) => all.replaceAll(name, `newer-${name}`), text);
  for (const name of scripts) {
    writeFileSync(join(assets, newer(name)), newer(readFileSync(join(assets, name), "utf8")));
    rmSync(join(assets, name));
  }
  for (const name of ["index.html", "sw.js"]) {
    const text = newer(readFileSync(join(folder, name), "utf8"))
      .replace(/<title>.*<\/title>/, "<title>Newer</title>")
      .replace(/"[0-9a-f]{16}"/, `"${"f".repeat(16)}"`);
    writeFileSync(join(folder, name), text);
  }
}
