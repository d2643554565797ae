import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("a newer site is fetched during a visit, and is there when the page is loaded again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-deploy-"));
  try {
    cpSync(inject("site"), folder, { recursive: true });
    await using visitor = await Visitor.arrive({ site: folder });
    const { page } = visitor;
    await visitor.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();

    // Another version, with another title.
    edit(join(folder, "index.html"), /<title>.*<\/title>/, "<title>Newer</title>");
    edit(join(folder, "sw.js"), /"[0-9a-f]{16}"/, `"${"f".repeat(16)}"`);
    await page.reload();
    await expect.poll(() => page.title(), POLL).toMatch(/^Kindling/);
    const isFetched = async () => (await navigator.serviceWorker.getRegistration())?.waiting != null;
    await expect.poll(() => page.evaluate(isFetched), POLL).toBe(true);
    await page.reload();
    await expect.poll(() => page.title(), POLL).toBe("Newer");
    await page.locator("[data-do=start]").waitFor();
    expect(visitor.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function edit(file: string, pattern: RegExp, text: string): void {
  const before = readFileSync(file, "utf8");
  const after = before.replace(pattern, text);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}
