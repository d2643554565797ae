/// <reference lib="dom" />
import type { Page } from "playwright";
import { draw, ONE, SEVEN } from "./site.ts";

/** Uses the page of `vite-train`: draws before it has learned, trains a while, stops it, trains again, and draws. */
export async function useTrainPage(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const [train, stop] = [page.locator("#train"), page.locator("#stop")];
  await page.waitForFunction(
    () =>
      !document.querySelector<HTMLButtonElement>("#train")?.disabled || document.querySelector("#problem")?.textContent,
  );
  if (await train.isDisabled()) return ["it does not start"];
  if (!(await page.evaluate(() => crossOriginIsolated))) problems.push("the page is not cross-origin isolated");
  const device = (await page.locator("#device").textContent()) ?? "";
  if (!/\bwasm: .*, 2 threads\./.test(device)) problems.push(`it does not compute on two threads: ${device}`);

  await draw(page, ONE);
  await page.waitForFunction(() => /^\d$/.test(document.querySelector<HTMLOutputElement>("#digit")?.value ?? ""));
  await page.locator("#clear").click();
  if ((await page.locator("#digit").textContent()) !== "–") problems.push("clearing leaves a digit behind");

  await train.click();
  await page.waitForFunction(() => (document.querySelector<HTMLProgressElement>("#progress")?.value ?? 0) > 0.01);
  await stop.click();
  await page.waitForFunction(() => !document.querySelector<HTMLButtonElement>("#train")?.disabled);
  const stopped = await page.locator("#progress").evaluate((bar) => (bar as HTMLProgressElement).value);
  if (stopped >= 1) problems.push("the training was over before it could be stopped");

  await train.click();
  await page.waitForFunction(() => document.querySelector("#result")?.textContent?.startsWith("Epoch 2"));
  const result = (await page.locator("#result").textContent()) ?? "";
  const [, accuracy = "0"] = /test accuracy ([\d.]+) %/.exec(result) ?? [];
  if (Number(accuracy) < 90) problems.push(`it has not learned: ${result}`);
  if (!(await page.locator("#bar").textContent())?.includes("Epoch ")) problems.push("there is no progress bar");
  if (!(await isPainted(page, "#curve"))) problems.push("there is no curve");
  // Drawn while it trains: drawings are classified between steps.
  problems.push(...(await reads(page, SEVEN, "7")));
  await stop.click();
  return problems;
}

/** Uses the page of `vite-predict`. */
export async function usePredictPage(page: Page): Promise<string[]> {
  await page.locator("#bars meter").first().waitFor();
  const problems = await reads(page, SEVEN, "7");
  await page.locator("#clear").click();
  problems.push(...(await reads(page, ONE, "1")));
  return problems;
}

async function reads(page: Page, points: Parameters<typeof draw>[1], digit: string): Promise<string[]> {
  await draw(page, points);
  const value = () => page.locator("#digit").textContent();
  await page
    .waitForFunction((digit) => document.querySelector<HTMLOutputElement>("#digit")?.value === digit, digit, {
      timeout: 30_000,
    })
    .catch(() => undefined);
  return (await value()) === digit ? [] : [`a drawn ${digit} is read as ${await value()}`];
}

function isPainted(page: Page, canvas: string): Promise<boolean> {
  return page.locator(canvas).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const image = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
    return image?.data.some((value) => value > 0) ?? false;
  });
}
