import { pnpm } from "../setup/pnpm.mjs";
import { countsOf, keep, line, listed, reportOf } from "./results.mjs";

const turbo = (task) => ["exec", "turbo", "run", task, "--continue", "--output-logs=errors-only"];
const tsx = (file) => ["exec", "tsx", file];

/** A vitest run as a step: its tests are counted. */
export const vitest = (name, ...args) => ({
  name,
  args: [
    "exec",
    "vitest",
    "run",
    ...args,
    "--reporter=default",
    "--reporter=./tools/test/laws-reporter.ts",
    "--reporter=json",
    `--outputFile.json=${reportOf(name)}`,
  ],
  counted: true,
});

/** What `npm test` does after setting up, what is quick to fail first. */
export const everything = () => [
  { name: "lint", args: ["exec", "biome", "ci", "--error-on-warnings", "."] },
  { name: "graph", args: tsx("tools/check-graph/main.ts") },
  { name: "build", args: turbo("build") },
  { name: "types", args: turbo("typecheck") },
  { name: "types of tools", args: ["exec", "tsc", "-p", "tools"] },
  vitest("tests"),
  { name: "packages", args: tsx("tools/check-pack/main.ts"), needs: "build" },
];

/**
 * Runs every step, whatever became of those before, and says at the end what became of each and how many tests
 * passed and failed. A step that fails without a failing test counts as one failure.
 */
export function run(command, steps) {
  const total = { passed: 0, failed: 0, failures: [] };
  const summary = [];
  const failing = new Set();
  for (const { name, args, counted, needs } of steps) {
    if (failing.has(needs)) {
      summary.push(`skipped ${name} (${needs} failed)`);
      continue;
    }
    console.log(`\n--- ${name}`);
    const started = performance.now();
    const code = pnpm(args, { env: { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" } });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const counts = counted ? countsOf(name) : { passed: 0, failed: 0, failures: [] };
    if (code !== 0) failing.add(name);
    if (code !== 0 && counts.failed === 0) {
      counts.failed = 1;
      counts.failures.push(`${name} (exit code ${code})`);
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.failures.push(...counts.failures);
    summary.push(`${code === 0 ? "ok     " : "FAILED "} ${name} (${seconds} s)`);
  }
  keep(command, total);
  console.log(`\n${summary.join("\n")}\n\n${listed(total)}${line(total)}`);
  process.exitCode = total.failed ? 1 : 0;
}
