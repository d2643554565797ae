/// <reference lib="dom" />
import type { Page } from "playwright";

/** What a page keeps for these measurements. */
declare global {
  interface Window {
    longest: number;
    marks: { readonly epoch: number; readonly step: number; readonly at: number }[];
    since: number;
  }
}

/** Watches the tasks of the main thread; the result gives the longest of those that took 50 ms or more, in milliseconds, or 0. */
export async function watchMainThread(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask", buffered: false });
  });
  return () => page.evaluate(() => window.longest);
}

/** Watches where the training is; the result gives the steps a second of each epoch, from its first to its last mark. */
export async function watchSteps(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    window.marks = [];
    const position = document.querySelector(".position") as Element;
    new MutationObserver(() => {
      const [, epoch, step] = /epoch (\d+) of \d+, step (\d+) of/.exec(position.textContent ?? "") ?? [];
      if (epoch !== undefined) window.marks.push({ epoch: Number(epoch), step: Number(step), at: performance.now() });
    }).observe(position, { childList: true, characterData: true, subtree: true });
  });
  return async () => {
    const marks = await page.evaluate(() => window.marks);
    const rates: number[] = [];
    for (let epoch = 1; ; epoch++) {
      // Step 0 is told before the epoch's first batch has been fetched; the last step stands there while it validates.
      const inside = marks.filter((mark) => mark.epoch === epoch && mark.step > 0);
      const [first] = inside;
      const last = inside.find(({ step }) => step === Math.max(...inside.map((mark) => mark.step)));
      if (first === undefined || last === undefined) return rates;
      rates.push((1000 * (last.step - first.step)) / (last.at - first.at));
    }
  };
}

/** Draws while it trains: the slowest of some strokes, from the pointer's event until other probabilities stand there, in milliseconds. */
export async function drawing(page: Page): Promise<number> {
  const box = await page.locator(".pad").boundingBox();
  if (box === null) throw new Error("the page has no pad");
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.3, 0.2));
  await page.mouse.down();
  await page.locator(".verdict:not([data-class=''])").waitFor();
  const times: number[] = [];
  for (let i = 1; i <= 20; i++) {
    const shown = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let since = 0;
          const pad = document.querySelector(".pad") as Element;
          pad.addEventListener("pointermove", (event) => (since ||= event.timeStamp), { once: true, capture: true });
          const observer = new MutationObserver(() => {
            if (since === 0) return;
            observer.disconnect();
            resolve(performance.now() - since);
          });
          observer.observe(document.querySelector(".bars") as Element, {
            characterData: true,
            childList: true,
            attributes: true,
            subtree: true,
          });
        }),
    );
    await page.waitForTimeout(30);
    await page.mouse.move(...at(0.3 + 0.02 * i, 0.2 + 0.03 * i));
    times.push(await shown);
  }
  await page.mouse.up();
  return Math.max(...times);
}

/** Pauses while it trains: the slowest of some pauses, from the click until the page says that it is held, in milliseconds. */
export async function pausing(page: Page): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const held = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let since = 0;
          const button = document.querySelector("[data-do=pause]") as Element;
          button.addEventListener("click", (event) => (since = event.timeStamp), { once: true, capture: true });
          const phase = document.querySelector(".phase") as Element;
          const observer = new MutationObserver(() => {
            if (since === 0 || phase.textContent !== "Paused") return;
            observer.disconnect();
            resolve(performance.now() - since);
          });
          observer.observe(phase, { characterData: true, childList: true, subtree: true });
        }),
    );
    await page.waitForTimeout(20 + 37 * i);
    await page.locator("[data-do=pause]").click();
    times.push(await held);
    await page.locator("[data-do=resume]").click();
    await page.locator(".phase").filter({ hasText: "Training" }).waitFor();
  }
  return Math.max(...times);
}
