import { spawnSync } from "node:child_process";
import { pnpm, root } from "../setup/pnpm.mjs";
import { countsOf, keep, line, listed, reportOf, tiersTold } from "./results.mjs";

const turbo = (task) => ["exec", "turbo", "run", task, "--continue", "--output-logs=errors-only"];
const tsx = (file) => ["exec", "tsx", file];

/** A vitest run as a step: its tests are counted. With `command` in its place, it is not this Node's. */
export const vitest = (name, ...args) => ({
  name,
  args: [
    "exec",
    "vitest",
    "run",
    ...args,
    "--reporter=default",
    "--reporter=./tools/test/laws-reporter.ts",
    "--reporter=./tools/test/tiers-reporter.ts",
    "--reporter=json",
    `--outputFile.json=${reportOf(name)}`,
  ],
  counted: true,
  hasTiers: true,
});

/** What `npm test` does after setting up, what is quick to fail first. */
export const everything = () => [
  { name: "lint", args: ["exec", "biome", "ci", "--error-on-warnings", "."] },
  { name: "graph", args: tsx("tools/check-graph/main.ts") },
  { name: "build", args: turbo("build") },
  { name: "types", args: ["exec", "node", "tools/check-types/main.mjs"] },
  { name: "declarations", args: tsx("tools/check-declarations/main.ts"), needs: "build" },
  vitest("tests"),
  {
    name: "packages",
    args: [...tsx("tools/check-pack/main.ts"), "--report", reportOf("packages")],
    counted: true,
    needs: "build",
  },
];

/**
 * Runs every step, whatever became of those before, and says at the end what became of each and how many tests
 * passed and failed. A step that fails without a failing test counts as one failure.
 */
export function run(command, steps) {
  const total = { passed: 0, failed: 0, failures: [] };
  const summary = [];
  const failing = new Set();
  for (const { name, args, command, counted, needs } of steps) {
    if (failing.has(needs)) {
      summary.push(`skipped ${name} (${needs} failed)`);
      continue;
    }
    console.log(`\n--- ${name}`);
    const started = performance.now();
    const env = { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
    const code = command === undefined ? pnpm(args, { env }) : instead(command, args);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const counts = counted ? countsOf(name) : { passed: 0, failed: 0, failures: [] };
    // A filter that no test matches any more proves nothing.
    const empty = counted && code === 0 && counts.passed === 0;
    if (code !== 0 || empty) failing.add(name);
    if (failing.has(name) && counts.failed === 0) {
      counts.failed = 1;
      counts.failures.push(`${name} (${empty ? "no test ran" : `exit code ${code}`})`);
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.failures.push(...counts.failures);
    summary.push(`${failing.has(name) ? "FAILED " : "ok     "} ${name} (${seconds} s)`);
  }
  keep(command, total);
  // Another command may run at the same time.
  const tiers = steps.some(({ hasTiers }) => hasTiers) ? tiersTold() : "";
  console.log(`\n${summary.join("\n")}\n\n${tiers}${listed(total)}${line(total)}`);
  process.exitCode = total.failed ? 1 : 0;
}

/** Runs `command` in place of `pnpm exec <name>`. */
function instead([file, ...before], [, , ...args]) {
  return spawnSync(file, [...before, ...args], { cwd: root, stdio: "inherit" }).status ?? 1;
}
