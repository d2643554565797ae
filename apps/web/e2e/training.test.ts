import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "@kindling/safetensors";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { seriousFaults } from "./setup/axe.ts";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

/** PyTorch's numbers for seed 123: `bench/python/mnist_seed.py`. */
const TABLE = [
  { epoch: 1, trainLoss: "1.8293", trainAcc: "0.5696", valLoss: "1.3263", valAcc: "0.7466" },
  { epoch: 2, trainLoss: "1.0389", trainAcc: "0.7954", valLoss: "0.7966", valAcc: "0.8318" },
];

describe("a training on wasm", () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive();
    await visitor.open("device=wasm&epochs=2");
  });
  afterAll(async () => {
    await visitor[Symbol.asyncDispose]();
  });

  test("is held by a pause, goes a step at a time, and on", async () => {
    await visitor.press("start");
    await visitor.reached(1, 10);
    await visitor.press("pause");
    await visitor.until("Paused");
    const { batch } = await visitor.position();
    await visitor.page.waitForTimeout(300);
    await expect.poll(() => visitor.position(), POLL).toEqual({ epoch: 1, batch });
    await visitor.press("step");
    await visitor.reached(1, batch + 1);
    await visitor.until("Paused");
    await visitor.page.waitForTimeout(300);
    await expect.poll(() => visitor.position(), POLL).toEqual({ epoch: 1, batch: batch + 1 });
    await visitor.press("resume");
  });

  test("prints PyTorch's digits for seed 123", async () => {
    await visitor.until("Done: all 2 epochs");
    await expect.poll(() => visitor.rows(), POLL).toEqual(TABLE);
  });

  test("has seen each of the test digits once", async () => {
    const { page } = visitor;
    await page.getByText("of all 10,000 test images").waitFor();
    const sumOf = async (cells: string): Promise<number> => {
      const counts = await page.locator(cells).allInnerTexts();
      return counts.reduce((sum, count) => sum + Number(count), 0);
    };
    await expect.poll(() => sumOf(".confusion .cell"), POLL).toBe(10_000);
    await expect.poll(() => sumOf(".confusion .diagonal"), POLL).toBe(8318);
    await page.locator(".confusion tr:nth-child(5) td:nth-child(11) button").click();
    await page
      .locator(".panel")
      .getByText(/4 classified as 9/)
      .waitFor();
    await expect.poll(() => page.locator(".panel li").count(), POLL).toBeGreaterThan(10);
  });

  test("tells a seven that is drawn", async () => {
    await visitor.drawSeven();
    await expect.poll(() => visitor.verdict(), POLL).toBe(7);
    await visitor.page.locator("[data-do=clear]").click();
  });

  test("tells what the keyboard draws", async () => {
    const pad = visitor.page.locator(".pad");
    await pad.focus();
    // The pen begins in the middle, above: down, and it is a one.
    await visitor.page.keyboard.press("Space");
    for (let i = 0; i < 10; i++) await visitor.page.keyboard.press("ArrowDown");
    await visitor.page.keyboard.press("Space");
    await expect.poll(() => visitor.verdict(), POLL).toBe(1);
    await visitor.page.keyboard.press("Backspace");
    await visitor.page.locator(".verdict[data-class='']").waitFor({ state: "attached" });
  });

  test("the keyboard takes away a test image too", async () => {
    const { page } = visitor;
    await page.locator("[data-do=fromTest]").click();
    await page.locator(".verdict:not([data-class=''])").waitFor();
    await page.locator(".pad").focus();
    await page.keyboard.press("Backspace");
    await page.locator(".verdict[data-class='']").waitFor({ state: "attached" });
  });

  test("gives the command's files", async () => {
    const run = inject("commandRun");
    const [history, model] = [await saved(visitor, "history"), await saved(visitor, "model")];
    const numbers = (csv: string) =>
      csv
        .trim()
        .split("\n")
        .slice(1)
        .flatMap((line) => line.split(",").map(Number));
    const theirs = numbers(readFileSync(join(run, "history.csv"), "utf8"));
    for (const [i, value] of numbers(history.toString()).entries()) expect(value).toBeCloseTo(theirs[i] as number, 4);
    const [ours, expected] = [load(model), load(readFileSync(join(run, "model.safetensors")))];
    expect(Object.keys(ours)).toEqual(Object.keys(expected));
    for (const [name, tensor] of Object.entries(expected)) {
      expect(ours[name]?.allclose(tensor, { rtol: 1e-3, atol: 1e-5 }), name).toBe(true);
    }
  });

  test.each([
    ["light", "en"],
    ["dark", "ko"],
  ] as const)("has no serious fault of accessibility (%s, %s)", async (colorScheme, language) => {
    const { page } = visitor;
    await page.emulateMedia({ colorScheme });
    await page.locator(".tools select").first().selectOption(language);
    await page.waitForTimeout(200);
    expect((await seriousFaults(page)).join("\n")).toBe("");
    await page.locator(".tools select").first().selectOption("en");
  });

  test("is kept over a reload, and works without a network", async () => {
    const { page, context } = visitor;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await visitor.server.close();
    await page.reload();
    await visitor.until("Done: all 2 epochs");
    await expect.poll(() => visitor.rows(), POLL).toEqual(TABLE);
    await visitor.drawSeven();
    await expect.poll(() => visitor.verdict(), POLL).toBe(7);
    await visitor.press("start");
    await visitor.reached(1, 20);
    await visitor.press("stop");
    await visitor.until("Stopped in epoch 1 of 2");
  });

  test("without a complaint of the browser", () => {
    expect(visitor.complaints).toEqual([]);
  });
});

async function saved({ page }: Visitor, what: "history" | "model"): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-do=${what}]`).click()]);
  return readFileSync(await download.path());
}

test("a stop in the middle of a step that takes long ends it, and the run goes on from what was kept", async () => {
  await using visitor = await Visitor.arrive();
  // On plain JavaScript a step of these takes minutes.
  await visitor.open("device=cpu&layers=2&hidden=2048&batchSize=6000&epochs=1");
  await visitor.press("start");
  await visitor.until("Training");
  await visitor.page.waitForTimeout(2000);
  await visitor.press("stop");
  await visitor.until("Stopping after this step");
  const asked = performance.now();
  await visitor.until("Stopped", 20_000);
  expect(performance.now() - asked).toBeLessThan(15_000);
  await visitor.page.locator("[data-do=start]").waitFor();
  expect(visitor.complaints).toEqual([]);
});
