import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

/**
 * `pnpm release`: builds and publishes every package whose version the registry lacks, and tags them.
 * `pnpm release --dry-run` builds, and shows what would be published with every file of it; it changes nothing.
 */
const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });

const publish = values["dry-run"]
  ? ["--recursive", "--filter=./packages/*", "publish", "--dry-run", "--no-git-checks"]
  : ["exec", "changeset", "publish"];

for (const args of [["exec", "turbo", "run", "build", "--filter=./packages/*", "--output-logs=errors-only"], publish]) {
  const { status } = spawnSync("pnpm", args, { cwd: resolve(import.meta.dirname, "../.."), stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
