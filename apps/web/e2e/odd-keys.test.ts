import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newRun } from "../src/runs/run.ts";
import { FIELDS } from "../src/settings/fields.ts";
import { DEFAULT_SETTINGS } from "../src/settings/settings.ts";
import { POLL } from "./setup/poll.ts";
import { type Copy, countRuns, putCopies } from "./setup/saved-runs.ts";
import { Visitor } from "./setup/visitor.ts";

/** Names that every object has, and nothing at all. */
const ODD = ["constructor", "__proto__", "toString", ""];

/** All that is kept of a run. */
const FIELDS_OF_RUNS = Object.keys(newRun("", 1, DEFAULT_SETTINGS));

describe("wherever a key or a value comes from outside, names that every object has are nothing", () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  });
  afterAll(async () => {
    await visitor[Symbol.asyncDispose]();
  });

  /** It stands there, in a language, and answers. */
  async function works(): Promise<void> {
    const { page } = visitor;
    await page.getByRole("heading", { name: "Draw a digit" }).waitFor();
    await page.locator("[data-do=start]").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByLabel("Batch size").fill("50");
    await expect.poll(() => new URL(page.url()).hash, POLL).toBe("#batchSize=50");
    expect(visitor.complaints).toEqual([]);
  }

  /** Loads the page, and not only what stands behind the `#`. */
  async function load(hash: string): Promise<void> {
    await visitor.page.goto("about:blank");
    await visitor.page.goto(visitor.server.url + hash);
  }

  test.each([...Object.keys(FIELDS), ...ODD])("in a link, as %j", async (name) => {
    for (const value of ODD) {
      await load(`#${new URLSearchParams([[name, value]])}`);
      await works();
    }
  });

  test.each(["language", "theme", ...ODD])("in the preferences that are kept, as %j", async (name) => {
    for (const value of ODD) {
      await visitor.page.evaluate(
        ([kept]) => localStorage.setItem("kindling-preferences", kept),
        // Not `JSON.stringify({ ["__proto__"]: ... })`, which would have no such key.
        [`{${JSON.stringify(name)}: ${JSON.stringify(value)}}`] as const,
      );
      await load("");
      await works();
    }
  });

  test.each(["", "null", "7", "[]", '"constructor"', "{", "constructor"])("preferences that are %j", async (kept) => {
    await visitor.page.evaluate(([text]) => localStorage.setItem("kindling-preferences", text), [kept] as const);
    await load("");
    await works();
  });

  test("in the runs that are kept", async () => {
    await visitor.open("device=wasm&epochs=1&hidden=8&batchSize=2000");
    await visitor.press("start");
    await visitor.until("Done");
    const ids = new Set<string>();
    const copies: Copy[] = ODD.flatMap((odd, i) => [
      ...FIELDS_OF_RUNS.map((name) => ({ changes: { id: `${name} ${i}`, [name]: odd } })),
      ...Object.keys(FIELDS).map((name) => ({ changes: { id: `setting ${name} ${i}` }, settings: { [name]: odd } })),
    ]);
    for (const { changes } of copies) ids.add(Reflect.get(changes, "id"));
    await putCopies(visitor.page, copies);
    await load("");
    await works();
    // A text may be odd: a name, a file, a device. Everything else is damaged by it.
    const damaged = ODD.length * (FIELDS_OF_RUNS.length - 3 + Object.keys(FIELDS).length);
    expect(await countRuns(visitor.page)).toBe(1 + ids.size);
    await expect.poll(() => visitor.page.locator(".runs li.damaged").count(), POLL).toBe(damaged);
    await expect.poll(() => visitor.page.locator(".runs li").count(), POLL).toBe(1 + ids.size);
    await expect.poll(() => visitor.page.locator(".runs .name").allInnerTexts(), POLL).toContain("Run 1");
  });
});
