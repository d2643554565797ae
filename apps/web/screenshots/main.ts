import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { build } from "vite";
import { serveSite } from "../e2e/setup/site-server.ts";
import { siteConfig } from "../site/config.ts";

const OUT = join(import.meta.dirname, "out");

/** The page as it is looked at: a large window and a phone, light and dark. */
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1440, height: 1000 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 1000 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2, hasTouch: true },
  "phone-dark": { viewport: { width: 390, height: 844 }, colorScheme: "dark", deviceScaleFactor: 2, hasTouch: true },
  korean: { viewport: { width: 1440, height: 1000 }, colorScheme: "light", locale: "ko-KR" },
};

/** Takes a picture of every view: `pnpm --filter @kindling/web screenshots [light dark ...]`. */
async function main(names: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-screenshots-"));
  process.env.NODE_ENV = "production";
  const config = await siteConfig("build");
  await build({ ...config, logLevel: "warn", build: { ...config.build, outDir: folder } });
  const site = await serveSite(folder);
  const tool = pathToFileURL(join(import.meta.dirname, "../../../tools/browser/find.ts")).href;
  const { findBrowser } = (await import(tool)) as { findBrowser(): string | undefined };
  const executablePath = findBrowser();
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  mkdirSync(OUT, { recursive: true });
  try {
    for (const [name, look] of Object.entries(LOOKS)) {
      if (names.length === 0 || names.includes(name)) await take(browser, site.url, name, look);
    }
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(browser: Browser, url: string, name: string, look: BrowserContextOptions): Promise<void> {
  const context = await browser.newContext({ locale: "en-GB", ...look });
  const page = await context.newPage();
  const shoot = (view: string) => page.screenshot({ path: join(OUT, `${name}-${view}.png`) });
  await page.goto(`${url}#device=wasm`);
  await page.locator("[data-do=start]").waitFor();
  await shoot("1-empty");
  await train(page, url, "epochs=3&lr=0.1&batchSize=500");
  await train(page, url, "epochs=3&lr=0.1&batchSize=100&activation=sigmoid&layers=2");
  await train(page, url, "epochs=3&lr=0.1&batchSize=100");
  await drawSeven(page);
  await page.evaluate(() => scrollTo(0, 0));
  await shoot("2-trained");
  const plot = page.locator(".chart .plot").first();
  await plot.scrollIntoViewIfNeeded();
  // A mouse that the plot is scrolled away from would take the values with it.
  await page.mouse.move(0, 0);
  await plot.focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.locator(".curves").screenshot({ path: join(OUT, `${name}-2-values.png`) });
  await page.locator(".confusion .cell:not(.diagonal):not(:disabled)").nth(20).click();
  await page.locator(".panel li").first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await shootAll(page, join(OUT, `${name}-3-all.png`));
  await page.goto(`${url}#device=wasm&epochs=40&lr=0.1`);
  await page.locator("[data-do=start]").click();
  await page.locator(".epochs tbody tr").nth(1).waitFor({ timeout: 120_000 });
  await page.evaluate(() => scrollTo(0, 0));
  await shoot("4-training");
  await context.close();
}

/** The whole page, in a window as high as it: what is off the screen is not drawn. */
async function shootAll(page: Page, path: string): Promise<void> {
  const before = page.viewportSize() as { width: number; height: number };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: before.width, height });
  await page.waitForTimeout(1000);
  await page.screenshot({ path, fullPage: true });
  await page.setViewportSize(before);
}

/** Trains to the end, keeping the runs before. */
async function train(page: Page, url: string, settings: string): Promise<void> {
  await page.goto(`${url}#device=wasm&${settings}`);
  const runs = page.locator(".runs li");
  const before = await runs.count();
  await page.locator("[data-do=start]").click();
  await runs.nth(before).waitFor();
  await page
    .locator(".phase")
    .filter({ hasText: /Done|끝/ })
    .waitFor({ timeout: 300_000 });
}

async function drawSeven(page: Page): Promise<void> {
  const pad = page.locator(".pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("there is no pad");
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.27, 0.22));
  await page.mouse.down();
  await page.mouse.move(...at(0.74, 0.21), { steps: 10 });
  await page.mouse.move(...at(0.47, 0.82), { steps: 14 });
  await page.mouse.up();
  await page.locator(".verdict:not([data-class=''])").waitFor();
  await page.waitForTimeout(300);
}

await main(process.argv.slice(2));
