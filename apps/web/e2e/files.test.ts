import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualSeed } from "@kindling/core";
import { Net } from "@kindling/recipes";
import { saveSync } from "@kindling/safetensors";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("a model that the command has trained is taken in, measured and drawn for", async () => {
  await using visitor = await Visitor.arrive();
  const run = inject("commandRun");
  await visitor.open("device=wasm");
  await visitor.page.locator("#upload").setInputFiles(join(run, "model.safetensors"));
  await visitor.page.getByText(/model.safetensors is loaded/).waitFor();
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
  await visitor.page.getByRole("button", { name: "Keep training model.safetensors (epochs: 1)" }).click();
  await visitor.until("Done: 1 epoch");
  await visitor.page.locator(".runs .what", { hasText: "from model.safetensors" }).waitFor();
  await expect.poll(async () => Number((await visitor.rows())[0]?.trainLoss), POLL).toBeLessThan(Number(last[3]));
  await visitor.page.getByTitle("Inspect File model.safetensors").click();
  await expect.poll(async () => (await visitor.rows())[0]?.epoch, POLL).toBe(0);

  // It is kept, and can be looked into again.
  await visitor.page.reload();
  await visitor.page.getByTitle("Inspect File model.safetensors").click();
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
  await expect.poll(() => notice.textContent(), POLL).toMatch(/That did not work/);
});

test("what is uploaded is kept, up to the page's limits; beyond them it is refused by name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-files-"));
  try {
    manualSeed(1);
    const file = (name: string, bytes: Uint8Array) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const most = file("most.safetensors", saveSync(new Net(784, 10, 2048).stateDict()));
    await using visitor = await Visitor.arrive();
    const { page } = visitor;
    await visitor.open("device=wasm");
    const refused = async (path: string, why: string | RegExp) => {
      await page.locator("#upload").setInputFiles(path);
      await page.locator(".notice.error", { hasText: why }).waitFor();
      expect(await page.locator(".runs li").count()).toBe(0);
      await page.getByRole("button", { name: "Dismiss" }).click();
    };
    await refused(
      file("wide.safetensors", saveSync(new Net(784, 10, 4096).stateDict())),
      "This network has 4,096 units in a hidden layer; the page accepts 1 to 2,048.",
    );
    await refused(file("heavy.safetensors", new Uint8Array(64e6 + 1)), "the page accepts at most 64 MB");
    await refused(
      file("other.safetensors", saveSync(new Net(100, 10, 8).stateDict())),
      "the page's images have 784 pixels and 10 classes",
    );
    await refused(file("liar.safetensors", liar()), /That did not work: .*must not be empty/);

    await page.locator("#upload").setInputFiles(most);
    await page.getByText("most.safetensors is loaded").waitFor();
    await page.reload();
    await page.getByTitle("Inspect File most.safetensors").click();
    await visitor.drawSeven();
    await expect.poll(() => visitor.verdict(), POLL).toBeGreaterThanOrEqual(0);
    expect(visitor.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A file of a few hundred bytes that claims ten million units. */
function liar(): Uint8Array {
  const empty = (...shape: number[]) => ({ dtype: "F32", shape, data_offsets: [0, 0] });
  const header = JSON.stringify({
    "l1.weight": empty(10_000_000, 0),
    "l1.bias": empty(0),
    "l2.weight": empty(0, 10_000_000),
    "l2.bias": empty(0),
  });
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return Buffer.concat([length, Buffer.from(header)]);
}
