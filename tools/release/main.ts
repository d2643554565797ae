import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryUrl } from "../check-graph/manifests.ts";
import { packAll, publishedPackages, root } from "../check-pack/packed.ts";
import { checkOrigin } from "./origin.ts";

/**
 * `pnpm release`: checks types, builds, runs every cell of the matrix of `tools/check-pack`, then publishes and tags every package whose
 * version the registry lacks. It refuses unless git's origin is the repository that package.json names.
 * `pnpm release --dry-run`: builds, and shows what would be published, file by file; it changes nothing.
 */
const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });

if (!values["dry-run"]) refuseForeignOrigin();
// A build does not check types.
run(process.execPath, "tools/check-types/main.mjs");
run("pnpm", "exec", "turbo", "run", "build", "--filter=./packages/*", "--output-logs=errors-only");
if (values["dry-run"]) {
  await showFiles();
  run("pnpm", "--recursive", "--filter=./packages/*", "publish", "--dry-run", "--no-git-checks");
} else {
  // CI has run a part of the matrix.
  run("pnpm", "exec", "tsx", "tools/check-pack/main.ts", "--full");
  run("pnpm", "exec", "changeset", "publish");
}

function refuseForeignOrigin(): void {
  const { status, stdout } = spawnSync("git", ["remote", "get-url", "origin"], { cwd: root, encoding: "utf8" });
  try {
    checkOrigin(status === 0 ? stdout.trim() : undefined, repositoryUrl(root));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

async function showFiles(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "kindling-release-"));
  for (const { manifest, tarball } of (await packAll(publishedPackages().values(), scratch)).values()) {
    console.log(`\n${manifest.name}@${manifest.version}, ${(statSync(tarball).size / 1000).toFixed(1)} kB packed`);
    run("tar", "-tzf", tarball);
  }
  console.log();
  rmSync(scratch, { recursive: true });
}

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
