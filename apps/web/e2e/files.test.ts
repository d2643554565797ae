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

  // It is kept, and can be looked into again.
  await visitor.page.reload();
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
