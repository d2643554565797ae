import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { contestantOptions } from "../run/contestant-options.ts";
import { report, reportAbsent } from "../run/report.ts";
import { findBrowser } from "./find-browser.ts";
import { drawing, pausing, watchMainThread, watchSteps } from "./measure.ts";
import { buildSite, serveSite } from "./site.ts";

// The page as people get it, in a browser of its own: trained with the notes' settings, drawn on and paused meanwhile.

const { epochs } = contestantOptions();
const browserPath = await findBrowser();
if (browserPath === undefined) reportAbsent("there is no Chromium here: name one in CHROME");
else await measure(browserPath);

async function measure(executablePath: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
  try {
    await buildSite(folder);
    const site = await serveSite(folder);
    const browser = await chromium.launch({ executablePath });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
      await run(page, site.url);
    } finally {
      await browser.close();
      site.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(page: Page, url: string): Promise<void> {
  // The first epoch warms up; it is drawn and paused in those after the ones that are counted, as long as that takes.
  await page.goto(`${url}#device=wasm&epochs=1000`);
  await page.locator("[data-do=start]").waitFor();
  const mainThread = await watchMainThread(page);
  const steps = await watchSteps(page);
  await page.locator("[data-do=start]").click();
  await page.locator(".epochs tbody tr").nth(epochs).waitFor({ timeout: 300_000 });
  const strokeMs = await drawing(page);
  const pauseMs = await pausing(page);
  const longTaskMs = await mainThread();
  const rates = (await steps()).slice(1, epochs + 1);
  for (const stepsPerSecond of rates) report({ stepsPerSecond, strokeMs, pauseMs, longTaskMs });
}
