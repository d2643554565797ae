import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../setup/pnpm.mjs";

const folder = join(root, ".cache", "test-results");

/** Where a run of vitest named `name` leaves its report. */
export function reportOf(name) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  rmSync(tiersFile, { force: true });
  return file;
}

/** Where a run of vitest leaves which tiers of tests ran (tiers-reporter.ts). */
const tiersFile = join(folder, "tiers.txt");

/** What the last run of vitest said of the tiers of its tests; nothing where there was none. */
export const tiersTold = () => (existsSync(tiersFile) ? `${readFileSync(tiersFile, "utf8")}\n\n` : "");

/**
 * What the report of the run `name` counts, and which tests failed with what message. A run that died without a report
 * counts as nothing passed.
 */
export function countsOf(name) {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] };
  const report = JSON.parse(readFileSync(file, "utf8"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    failures: report.testResults.flatMap(failuresIn),
  };
}

/** A file that did not load has a message of its own and no tests. */
function failuresIn({ name, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter(({ status }) => status === "failed");
  if (failed.length === 0) return message ? [`${file}\n${indented(message)}`] : [];
  return failed.map((test) => `${file} > ${test.fullName}\n${indented(test.failureMessages.join("\n"))}`);
}

/** The first lines say what was wrong; the rest is a stack through the runner. */
const indented = (message) =>
  message
    .split("\n")
    .slice(0, 20)
    .map((text) => `    ${text}`)
    .join("\n");

/** Keeps what a whole command came to, for `.ci/run` to add up. */
export function keep(command, counts) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${command}.counts.json`), JSON.stringify(counts));
}

export function kept(command) {
  const file = join(folder, `${command}.counts.json`);
  // A command that ended before it could count anything has failed once.
  return existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { passed: 0, failed: 1, failures: [`${command} ended early`] };
}

export function forget() {
  rmSync(folder, { recursive: true, force: true });
}

/** The failed tests, one below the other; nothing where none failed. */
export const listed = ({ failures }) => failures.map((failure) => `FAILED ${failure}\n\n`).join("");

export const line = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
