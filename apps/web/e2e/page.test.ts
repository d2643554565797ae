import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright";
import { expect, inject, test } from "vitest";
import { overlappingTexts } from "./setup/overlapping-texts.ts";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("the first load is under 70 kB, and with a training under 325 kB, without data and WebAssembly", async () => {
  await using visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  const weigh = () => {
    const files = [...new Set(visitor.server.requests)].filter((file) => !/^data\/|\.wasm$/.test(file));
    return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(inject("site"), file))).length, 0) / 1000;
  };
  await visitor.open("device=wasm&epochs=1&hidden=8");
  await visitor.page.waitForLoadState("networkidle");
  expect(weigh()).toBeLessThan(70);
  // And with all that a training on the processor takes, which comes when it is started.
  await visitor.press("start");
  await visitor.reached(1, 1);
  expect(weigh()).toBeLessThan(325);
});

test("a link carries the settings, and what a setting does stands below it", async () => {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await visitor.open("model=cnn&batchSize=32");
  await expect.poll(() => page.getByLabel("Network").inputValue(), POLL).toBe("cnn");
  await expect.poll(() => page.getByLabel("Units per hidden layer").isVisible(), POLL).toBe(false);
  await page.getByLabel("Batch size").fill("50");
  await page.getByText("1,200 steps per epoch.").waitFor();
  await expect.poll(() => new URL(page.url()).hash).toBe("#model=cnn&batchSize=50");
  await page.getByLabel("Batch size").fill("0");
  await page.getByText("Enter a whole number from 1 to 60,000.").waitFor();
  expect(new URL(page.url()).hash).toBe("#model=cnn&batchSize=50");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe("");
  await page.getByText("Fashion-MNIST").waitFor({ state: "detached" });
});

test("it speaks Korean to whoever does, and remembers what was chosen", async () => {
  await using visitor = await Visitor.arrive({ context: { locale: "ko-KR" } });
  const { page } = visitor;
  await page.goto(visitor.server.url);
  await page.getByRole("heading", { name: "숫자 그리기" }).waitFor();
  await expect.poll(() => page.locator("html").getAttribute("lang"), POLL).toBe("ko");
  await page.getByLabel("언어").selectOption("en");
  await page.getByRole("heading", { name: "Draw a digit" }).waitFor();
  await page.getByLabel("Theme").selectOption("dark");
  await page.reload();
  await page.getByRole("heading", { name: "Draw a digit" }).waitFor();
  await expect.poll(() => page.locator("html").getAttribute("data-theme"), POLL).toBe("dark");
});

test("two batch sizes are compared on one plot, and a run can be forgotten", async () => {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=1000");
  await visitor.press("start");
  await visitor.until("Done");
  await page.getByLabel("Batch size").fill("2000");
  await visitor.press("start");
  await page.locator(".runs .name", { hasText: "Run 2" }).waitFor();
  await visitor.until("Done");
  const shown = page.locator(".runs input:checked");
  await expect.poll(() => shown.count(), POLL).toBe(2);
  const plot = page.locator(".chart .plot").first();
  await expect
    .poll(() => plot.getAttribute("aria-label"), POLL)
    .toMatch(/^Loss over the epochs; 1: [\d.]+, [\d.]+; 2: [\d.]+, [\d.]+$/);

  // What each came to stands at the cursor: at the keyboard's, and at the mouse's.
  const readout = page.locator(".readout").first();
  await plot.focus();
  for (const key of ["Home", "End"]) await page.keyboard.press(key);
  await expect.poll(() => readout.getAttribute("aria-live"), POLL).toBe("polite");
  await expect.poll(() => readout.locator("thead th").allInnerTexts(), POLL).toContain("Epoch 1");
  await expect
    .poll(() => readout.locator("tbody tr").allInnerTexts(), POLL)
    .toEqual([1, 2].map((run) => expect.stringMatching(`^Run ${run}(\\s+[\\d.]+){3}$`)));
  const colourOf = () =>
    readout
      .locator("tbody th")
      .first()
      .evaluate((name) => getComputedStyle(name).color);
  await expect.poll(colourOf, POLL).toBe("rgb(181, 64, 15)");
  await page.getByLabel("Theme").selectOption("dark");
  await page.locator(".chart .plot").first().hover();
  await expect.poll(colourOf, POLL).toBe("rgb(255, 155, 102)");
  await expect.poll(() => readout.getAttribute("aria-live"), POLL).toBe("off");
  await page.locator(".tagline").hover();
  await readout.waitFor({ state: "hidden" });

  await page.getByLabel("Show Run 1 on the plots").uncheck();
  await expect.poll(() => plot.getAttribute("aria-label"), POLL).toMatch(/^Loss over the epochs; 2: [\d.]+, [\d.]+$/);
  await page.getByLabel("Delete Run 1").click();
  await expect.poll(() => page.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 2"]);
  await page.reload();
  await page.locator(".runs li").first().waitFor();
  await expect.poll(() => page.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 2"]);
  expect(visitor.complaints).toEqual([]);
});

test("the live lines go on to the end of an epoch in which there is time for no more than one look", async () => {
  await using visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  const { page } = visitor;
  // What comes next is due later than now for ever.
  await visitor.beforeWorkers("performance.now = () => 1000;");
  await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=1000");
  await visitor.press("start");
  await visitor.until("Done");
  for (const at of [0, 1]) {
    await page.locator(".chart .plot").nth(at).focus();
    for (const key of ["Home", "End"]) await page.keyboard.press(key);
    const row = page.locator(".readout").nth(at).locator("tbody tr");
    await expect.poll(() => row.allInnerTexts(), POLL).toEqual([expect.stringMatching(/^Run 1(\s+[\d.]+){3}$/)]);
  }
});

test("another language leaves the drawing, the place and the focus as they are", async () => {
  await using visitor = await Visitor.arrive({ context: { viewport: { width: 800, height: 700 } } });
  const { page } = visitor;
  await visitor.open();
  const ink = () => page.locator(".pad").evaluate((pad: HTMLCanvasElement) => pad.toDataURL());
  const blank = await ink();
  await visitor.drawSeven();
  await page.locator("[data-do=undo]:enabled").waitFor();
  const before = await ink();
  expect(before).not.toBe(blank);
  const language = page.locator("#language");
  await language.focus();
  await page.evaluate(() => scrollTo(0, 300));
  await language.selectOption("ko");
  await page.getByRole("heading", { name: "숫자 그리기" }).waitFor();
  await expect.poll(ink, POLL).toBe(before);
  expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual([300, "language"]);
  await page.locator("[data-do=undo]").click();
  await expect.poll(ink, POLL).toBe(blank);
});

test.each([320, 390, 1360])("before the first run no text lies on another, in a window of %i pixels", async (width) => {
  await using visitor = await Visitor.arrive({ context: { viewport: { width, height: 844 } } });
  await visitor.open();
  for (const language of ["en", "ko"]) {
    await visitor.page.locator("#language").selectOption(language);
    await visitor.page.locator(`html[lang=${language}]`).waitFor();
    await expect.poll(() => overlappingTexts(visitor.page), POLL).toEqual([]);
  }
});

test.each([320, 360, 512, 720, 1000])("it fits a window of %i pixels", async (width) => {
  await using visitor = await Visitor.arrive({ context: { viewport: { width, height: 640 }, hasTouch: true } });
  const { page } = visitor;
  await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=2000");
  await visitor.press("start");
  await visitor.until("Done");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await expect.poll(() => overlappingTexts(page), POLL).toEqual([]);
  if (width > 360) return;
  // A finger on a plot is told what is there.
  await page.locator(".plot").first().scrollIntoViewIfNeeded();
  await page.locator(".plot .u-over").first().tap();
  await page.locator(".readout").first().waitFor();
  await page.waitForTimeout(200);
  await expect.poll(() => page.locator(".readout").first().isVisible(), POLL).toBe(true);
  // It covers no part of the curve.
  const [curve, values] = [await box(page, ".plot .u-over"), await box(page, ".readout")];
  expect(values.y).toBeGreaterThanOrEqual(curve.y + curve.height);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

async function box(page: Page, part: string): Promise<{ readonly y: number; readonly height: number }> {
  const bounds = await page.locator(part).first().boundingBox();
  if (bounds === null) throw new Error(`there is no ${part}`);
  return bounds;
}
