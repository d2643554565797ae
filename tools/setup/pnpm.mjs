import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The version in package.json's `devEngines`: the only place that names it. */
export const pinned = JSON.parse(readFileSync(`${root}package.json`, "utf8")).devEngines.packageManager.version;

/**
 * Runs the pinned pnpm at the root and returns its exit code: the one on the path when it is that version,
 * else the one that npx fetches and keeps.
 */
export function pnpm(args, { env = {}, stdio = "inherit" } = {}) {
  const [command, ...prefix] = found();
  const result = spawnSync(command, [...prefix, ...args], { cwd: root, stdio, env: { ...process.env, ...env } });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

let command;

function found() {
  command ??= isPinned() ? ["pnpm"] : throughNpx();
  return command;
}

function isPinned() {
  const { stdout } = spawnSync("pnpm", ["--version"], { cwd: root, encoding: "utf8" });
  return stdout?.trim() === pinned;
}

/** npx by way of npm's own script where npm started us: plain `npx` is a shell script on Windows, which spawn refuses. */
function throughNpx() {
  const cli = process.env.npm_execpath;
  const args = ["--yes", `--package=pnpm@${pinned}`, "--", "pnpm"];
  return cli?.endsWith("npm-cli.js") ? [process.execPath, cli, "exec", ...args] : ["npx", ...args];
}
