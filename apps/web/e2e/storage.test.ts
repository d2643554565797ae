import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { countRuns, putCopies } from "./setup/saved-runs.ts";
import { Visitor } from "./setup/visitor.ts";

const SMALL = "device=wasm&epochs=1&hidden=8&batchSize=2000";

test("a damaged run is listed as such and can be deleted, and harms no other", async () => {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await visitor.open(SMALL);
  await visitor.press("start");
  await visitor.until("Done");
  await putCopies(page, [
    { changes: { id: "other", number: 2 } },
    { changes: { id: "rows", number: 3, rows: [null] } },
    { changes: { id: "from", number: 4, startsFrom: null } },
    { changes: { id: "model", number: 5, file: "net.safetensors" }, settings: { model: "rnn" } },
    // A key need not be a text.
    { changes: { id: 7, number: "six" } },
    { changes: { id: "unreadable", number: 7 } },
  ]);
  await page.addInitScript(failToRead, "unreadable");
  await page.reload();
  const names = () => page.locator(".runs .name").allInnerTexts();
  await expect
    .poll(async () => (await names()).sort(), POLL)
    .toEqual(["A saved run", "A saved run", "File net.safetensors", "Run 1", "Run 2", "Run 3", "Run 4"]);
  const damaged = page.locator(".runs .damaged");
  await expect
    .poll(
      async () => (await damaged.locator(".what").allInnerTexts()).map((text) => /\((.*)\)/.exec(text)?.[1]).sort(),
      POLL,
    )
    .toEqual(["id", "rows.0", "settings.model", "startsFrom", undefined]);

  // The others are what they were.
  await page.getByTitle("Inspect Run 1").click();
  await expect.poll(async () => (await visitor.rows()).length, POLL).toBe(1);
  await visitor.drawSeven();
  await expect.poll(() => visitor.verdict(), POLL).toBeGreaterThanOrEqual(0);

  for (let left = 4; left >= 0; left--) {
    await damaged.first().getByRole("button").click();
    await expect.poll(() => damaged.count(), POLL).toBe(left);
  }
  await page.reload();
  await expect.poll(async () => (await names()).sort(), POLL).toEqual(["Run 1", "Run 2"]);
  expect(await countRuns(page)).toBe(2);
  expect(visitor.complaints).toEqual([]);
});

/** The browser fails to read one record, as it does when a file of its database is lost. */
function failToRead(lost: string): void {
  const { get } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.get = function (key) {
    if (key === lost) throw new DOMException("Failed to read large IndexedDB value", "DataError");
    return get.call(this, key);
  };
}

test.each(["bytes", "text"])(
  "a run whose weights are damaged (%s) stays what it was, and gives no other's",
  async (kind) => {
    await using visitor = await Visitor.arrive();
    const { page } = visitor;
    await visitor.open(SMALL);
    for (let run = 1; run <= 2; run++) {
      await visitor.press("start");
      await page.locator(".runs .name", { hasText: `Run ${run}` }).waitFor();
      await visitor.until("Done");
    }
    await page.evaluate(damageWeights, kind);
    await page.reload();
    // The network of the first is loaded when that of the second cannot be.
    await page.getByTitle("Inspect Run 1").click();
    await visitor.drawSeven();
    await visitor.verdict();
    await page.getByTitle("Inspect Run 2").click();
    await page.locator("[data-do=model]").click();
    await page.locator(".notice.error").waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await visitor.press("go-on");
    await page.locator(".notice.error").waitFor();
    await visitor.until("Done: 1 epoch");
    expect(visitor.complaints).toEqual([]);
  },
);

async function damageWeights(kind: string): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open("kindling");
    opening.onsuccess = () => resolve(opening.result);
  });
  const transaction = db.transaction(["runs", "checkpoints"], "readwrite");
  const all = transaction.objectStore("runs").getAll();
  all.onsuccess = () => {
    const { id } = all.result.find(({ number }) => number === 2);
    transaction.objectStore("checkpoints").put(kind === "text" ? "nonsense" : new Uint8Array([1, 2, 3]), id);
  };
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  db.close();
}

test("a browser whose storage is full trains all the same, and says that nothing is kept", async () => {
  await using visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  const { page, context } = visitor;
  await visitor.open(SMALL);
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  await visitor.press("start");
  await visitor.until("Done");
  const notice = page.locator(".notice.warning");
  await expect
    .poll(() => notice.textContent(), POLL)
    .toMatch(/This browser could not save the run \([^()\s].*[^()\s]\)/);

  // It can be looked at, and deleted, as long as this tab is open; a file is not taken in.
  await visitor.drawSeven();
  await visitor.verdict();
  await page.locator("#upload").setInputFiles(join(inject("commandRun"), "model.safetensors"));
  await page.getByText(/The file was not added, because this browser could not store it: ./).waitFor();
  await page.getByLabel("Delete Run 1").click();
  await expect.poll(() => page.locator(".runs li").count(), POLL).toBe(0);
});

test("two tabs do not train the same run, nor delete what the other trains", async () => {
  await using visitor = await Visitor.arrive();
  const { page, context } = visitor;
  await visitor.open("device=wasm&epochs=500&hidden=8&batchSize=2000");
  await visitor.press("start");
  await visitor.reached(2, 1);
  const other = await context.newPage();
  await other.goto(`${visitor.server.url}#`);
  await other.locator("[data-do=go-on]").click();
  await other.getByText("This run is being trained in another tab.").waitFor();
  await other.getByRole("button", { name: "Dismiss" }).click();
  await other.getByLabel("Delete Run 1").click();
  await other.getByText("This run is being trained in another tab.").waitFor();
  await expect.poll(() => other.locator(".runs li").count(), POLL).toBe(1);

  // What the first has done is there when the other is looked at again, and is gone on with.
  await visitor.press("stop");
  await visitor.until("Stopped");
  const { length } = await visitor.rows();
  await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => other.locator(".epochs tbody tr").count(), POLL).toBe(length);
  await other.locator("[data-do=go-on]").click();
  await expect.poll(() => other.locator(".epochs tbody tr").count(), POLL).toBeGreaterThan(length);
  await other.close();
  await expect.poll(() => page.locator(".phase").textContent(), POLL).toMatch(/^Stopped/);
});

test("a run that is deleted in one tab is gone in the others", async () => {
  await using visitor = await Visitor.arrive();
  const { page, context } = visitor;
  await visitor.open(SMALL);
  await visitor.press("start");
  await visitor.until("Done");
  await putCopies(page, [{ changes: { id: "other", number: 2 } }]);
  const other = await context.newPage();
  await other.goto(`${visitor.server.url}#${SMALL}`);
  await expect.poll(() => other.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 2", "Run 1"]);
  await other.getByLabel("Delete Run 1").click();
  await expect.poll(() => page.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 2"]);
  // It was the one that was looked into.
  await visitor.until("Ready");
  await expect.poll(() => page.locator(".epochs tbody tr").count(), POLL).toBe(0);

  // Also while the tab trains; what it trains stays.
  await page.getByLabel("Epochs", { exact: true }).fill("500");
  await visitor.press("start");
  await visitor.reached(2, 1);
  await other.getByLabel("Delete Run 2").click();
  await expect.poll(() => page.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 3"]);
  await visitor.press("stop");
  await visitor.until("Stopped");
  expect(visitor.complaints).toEqual([]);
});
