import type { Page } from "playwright";

/** One record that is put beside the runs that are kept: the first of them with `changes` to it, or to its settings. */
export interface Copy {
  readonly changes: object;
  readonly settings?: object;
}

/** Puts copies of the oldest run into the browser's database, as a page that has gone wrong might have left them. */
export async function putCopies(page: Page, copies: readonly Copy[]): Promise<void> {
  await page.evaluate(async (wanted) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("kindling");
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = db.transaction("runs", "readwrite");
    const runs = transaction.objectStore("runs");
    const all = runs.getAll();
    all.onsuccess = () => {
      const [first] = all.result;
      for (const { changes, settings } of wanted) {
        runs.put({ ...first, settings: { ...first.settings, ...settings }, ...changes });
      }
    };
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, copies);
}

/** How many records there are. */
export function countRuns(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("kindling");
        opening.onsuccess = () => {
          const counting = opening.result.transaction("runs").objectStore("runs").count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
