import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { runOnSource } from "./setup/run-on-source.ts";
import { Visitor } from "./setup/visitor.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kindling-fashion-"));
  await runOnSource("fashion-site.ts", folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Fashion-MNIST is offered where the build has found it, and everything is called by its name", async () => {
  await using visitor = await Visitor.arrive({ site: join(folder, "site") });
  const { page } = visitor;
  await visitor.open("device=wasm&epochs=1&hidden=8&lr=0.1");
  await page.getByLabel("Images", { exact: true }).selectOption("fashion-mnist");
  await page.getByRole("heading", { name: "Draw a piece of clothing" }).waitFor();
  await expect.poll(() => new URL(page.url()).hash, POLL).toContain("dataset=fashion-mnist");
  await visitor.press("start");
  await visitor.until("Done: 1 epoch");
  // Label i is i % 10 in the first ones.
  await expect.poll(() => page.locator(".gallery .tag").nth(9).textContent(), POLL).toMatch(/^Ankle boot/);
  const columns = page.locator(".confusion thead th");
  await expect.poll(() => columns.allInnerTexts(), POLL).toContain("T-shirt/top");
  await expect.poll(() => page.locator(".bars .class").allInnerTexts(), POLL).toContain("Sandal");
  const fits = () =>
    page.locator(".confusion").evaluate((table) => table.scrollWidth <= (table.parentElement?.clientWidth ?? 0));
  await expect.poll(fits, POLL).toBe(true);

  // A test image is shown on the pad, and told by name.
  await page.locator("[data-do=fromTest]").click();
  await expect.poll(() => page.locator(".verdict").textContent(), POLL).toMatch(/^Looks like (T-shirt|[A-Z][a-z]+)/);
  expect(visitor.complaints).toEqual([]);
  const ink = () =>
    page.locator(".pad").evaluate((pad: HTMLCanvasElement) => {
      const pixels = pad.getContext("2d")?.getImageData(0, 0, pad.width, pad.height).data ?? [];
      return pixels.some((value, i) => i % 4 === 3 && value > 0);
    });
  await expect.poll(ink, POLL).toBe(true);
  await page.locator("[data-do=clear]").click();
  await expect.poll(ink, POLL).toBe(false);
});

test("a site without it takes a link that names it for MNIST", async () => {
  await using visitor = await Visitor.arrive();
  await visitor.open("dataset=fashion-mnist&batchSize=50");
  await visitor.page.getByRole("heading", { name: "Draw a digit" }).waitFor();
  await expect.poll(() => new URL(visitor.page.url()).hash, POLL).toBe("#batchSize=50");
});
