import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/pnpm.mjs";

const folder = join(root, ".cache", "test-results");

/** Where a run of vitest named `name` leaves its report. */
export function reportOf(name) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** The tests that the report of the run `name` counts. A run that died without one counts as nothing passed. */
export function countsOf(name) {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** Keeps what a whole command came to, for `.ci/run` to add up. */
export function keep(command, counts) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${command}.counts.json`), JSON.stringify(counts));
}

export function kept(command) {
  const file = join(folder, `${command}.counts.json`);
  // A command that ended before it could count anything has failed once.
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 1 };
}

export function forget() {
  rmSync(folder, { recursive: true, force: true });
}

export const line = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
