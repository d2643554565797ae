import { expect, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

const SMALL = "device=wasm&epochs=1&hidden=8&batchSize=2000";

test("what is damaged in the browser's storage harms nothing else", async () => {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await visitor.open(SMALL);
  await visitor.press("start");
  await visitor.until("Done");
  await page.evaluate(damage);
  await page.reload();
  await expect.poll(() => page.locator(".runs .name").allInnerTexts(), POLL).toEqual(["Run 1"]);
  await expect.poll(async () => (await visitor.rows()).length, POLL).toBe(1);

  // Its weights are damaged too: it cannot go on, and stays what it was.
  await visitor.press("go-on");
  await page.locator(".notice.error").waitFor();
  await visitor.until("Done: the one epoch");
  expect(visitor.complaints).toEqual([]);
});

async function damage(): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open("kindling");
    opening.onsuccess = () => resolve(opening.result);
  });
  const transaction = db.transaction(["runs", "checkpoints"], "readwrite");
  const [runs, checkpoints] = [transaction.objectStore("runs"), transaction.objectStore("checkpoints")];
  const all = runs.getAll();
  all.onsuccess = () => {
    const [run] = all.result;
    runs.put({ id: "stray" });
    runs.put({ ...run, id: "half", rows: null });
    runs.put({ ...run, id: "odd", settings: { ...run.settings, model: "rnn" } });
    checkpoints.put(new Uint8Array([1, 2, 3]), run.id);
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
  await page.getByText(/This browser does not keep the run/).waitFor();
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
