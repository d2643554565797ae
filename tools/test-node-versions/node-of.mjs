import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "../setup/pnpm.mjs";

/**
 * The executable of the newest Node of a major version: the packages `node-<system>-<processor>` of npm carry it. It is kept in `.cache/node`,
 * where nothing of the workspace sees it.
 *
 * @see https://www.npmjs.com/package/node
 */
export function nodeOf(version) {
  const folder = join(root, ".cache", "node", version);
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const node = join(folder, "node_modules", name, "bin", system === "win" ? "node.exe" : "node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const code = pnpm(["--dir", folder, "--ignore-workspace", "add", `${name}@${version}`], {
      stdio: ["ignore", 2, 2],
    });
    if (code !== 0) throw new Error(`Node ${version} cannot be had: ${name}@${version} was not installed`);
  }
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (!stdout?.startsWith(`v${version}.`)) throw new Error(`${node} is not Node ${version} but ${stdout}`);
  return node;
}
