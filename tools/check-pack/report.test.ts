import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Cell } from "./cell.ts";
import { writeReport } from "./report.ts";

const cell = (name: string): Cell => ({ name, packages: [], tier: "short", run: async () => [] });

test("each cell is a test, and a failed one says why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-report-"));
  try {
    const file = join(folder, "report.json");
    await writeReport(file, [
      { cell: cell("vite 8: a page"), problems: ["it hangs", "it warns"] },
      { cell: cell("node 20: nn"), problems: [] },
    ]);
    const report = JSON.parse(readFileSync(file, "utf8"));
    expect([report.numPassedTests, report.numFailedTests]).toEqual([1, 1]);
    expect(report.testResults[0].assertionResults).toEqual([
      { status: "failed", fullName: "vite 8: a page", failureMessages: ["it hangs", "it warns"] },
      { status: "passed", fullName: "node 20: nn", failureMessages: [] },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
