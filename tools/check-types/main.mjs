import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/pnpm.mjs";

/**
 * `pnpm typecheck`: checks every project with the native compiler, each by its own tsconfig.json, in one process that reads
 * shared sources once. What a project was checked with is kept beside its tsconfig.json, so that a second run checks what changed.
 */
const folders = [
  ...["packages", "apps"].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)),
  "bench",
  "examples",
  "tools",
];
const projects = folders.filter((folder) => existsSync(join(root, folder, "tsconfig.json")));

// Two projects at a time, one thread each: more threads would check the sources that files share once more.
const options = ["--incremental", "--builders", "2", "--checkers", "1"];
const compiler = join(root, "node_modules/typescript-native/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "--build", ...projects, ...options], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
