import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("a model that the command has trained is taken in, measured and drawn for", async () => {
  await using visitor = await Visitor.arrive();
  const run = inject("commandRun");
  await visitor.open("device=wasm");
  await visitor.page.locator("#upload").setInputFiles(join(run, "model.safetensors"));
  await visitor.page.getByText(/model.safetensors is a network/).waitFor();
  const last = readFileSync(join(run, "history.csv"), "utf8").trim().split("\n").at(-1)?.split(",") ?? [];
  const [row] = await visitor.rows();
  expect(row).toEqual({
    epoch: 0,
    trainLoss: "–",
    trainAcc: "–",
    valLoss: Number(last[3]).toFixed(4),
    valAcc: Number(last[4]).toFixed(4),
  });
  await visitor.drawSeven();
  await expect.poll(() => visitor.verdict(), POLL).toBe(7);

  // It can be trained further, as a run of its own, with the settings of the page.
  await visitor.page.getByLabel("Learning rate").fill("0.1");
  await visitor.page.getByLabel("Epochs", { exact: true }).fill("1");
  await visitor.page.getByRole("button", { name: "Train model.safetensors on (epochs: 1)" }).click();
  await visitor.until("Done: the one epoch");
  await visitor.page.locator(".runs .what", { hasText: "from model.safetensors" }).waitFor();
  await expect.poll(async () => Number((await visitor.rows())[0]?.trainLoss), POLL).toBeLessThan(Number(last[3]));
  await visitor.page.getByTitle("Look into File model.safetensors").click();
  await expect.poll(async () => (await visitor.rows())[0]?.epoch, POLL).toBe(0);

  // It is kept, and can be looked into again.
  await visitor.page.reload();
  await visitor.page.getByTitle("Look into File model.safetensors").click();
  await visitor.drawSeven();
  await expect.poll(() => visitor.verdict(), POLL).toBe(7);
  expect(visitor.complaints).toEqual([]);
});

test("a file that is no network is told of", async () => {
  await using visitor = await Visitor.arrive();
  await visitor.open("device=wasm");
  await visitor.page
    .locator("#upload")
    .setInputFiles({ name: "odd.safetensors", mimeType: "", buffer: Buffer.from("no network") });
  const notice = visitor.page.locator(".notice.error");
  await notice.waitFor();
  await expect.poll(() => notice.textContent(), POLL).toMatch(/It did not work/);
});
