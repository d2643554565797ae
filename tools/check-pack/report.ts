import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "./cell.ts";
import { root } from "./packed.ts";

/** Writes `outcomes` as vitest's JSON reporter would, which is what `tools/test/results.mjs` counts: each cell is a test. */
export async function writeReport(file: string, outcomes: readonly Outcome[]): Promise<void> {
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
  const assertionResults = outcomes.map(({ cell, problems }) => ({
    status: problems.length > 0 ? "failed" : "passed",
    fullName: cell.name,
    failureMessages: problems,
  }));
  const report = {
    numPassedTests: outcomes.length - failed,
    numFailedTests: failed,
    testResults: [{ name: join(root, "tools/check-pack/main.ts"), message: "", assertionResults }],
  };
  await writeFile(file, JSON.stringify(report));
}
