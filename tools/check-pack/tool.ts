import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { environment } from "./environment.ts";
import { root } from "./packed.ts";

const execute = promisify(execFile);
const folder = join(root, ".cache", "check-pack");
const installing = new Map<string, Promise<string>>();

/**
 * The `node_modules` that holds the packages of `specs` (`vite@8.4.0`), installed by npm on first use and kept in `.cache`. No
 * install script runs: each of these packages carries its executables, or depends on a package that does.
 */
export function tool(...specs: readonly string[]): Promise<string> {
  const name = specs.join("+").replaceAll("/", "_");
  const found = installing.get(name) ?? install(name, specs);
  installing.set(name, found);
  return found;
}

async function install(name: string, specs: readonly string[]): Promise<string> {
  const home = join(folder, name);
  if (!existsSync(home)) {
    // An install that was interrupted never stands under the final name.
    const unfinished = `${home}.${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
    await npm(unfinished, ["install", "--save-exact", ...specs]);
    await rename(unfinished, home).catch(() => rm(unfinished, { recursive: true }));
  }
  return join(home, "node_modules");
}

/** Runs npm in `folder`, as a user would, without what a check has no use for. */
export async function npm(
  folder: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefer-offline"];
  return (await execute("npm", [...args, ...flags], { cwd: folder, env: environment(more) })).stdout;
}

/** The executable of an exact version of Node, from the npm package `node-<system>-<processor>`. */
export async function nodeOf(version: string): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  return join(await tool(`${name}@${version}`), name, "bin", system === "win" ? "node.exe" : "node");
}

/** Deno's or Bun's executable: of the packages for several processors and C libraries, npm has installed those that fit. */
export async function executableOf(spec: string, scope: "@deno" | "@oven", file: string): Promise<string> {
  const packages = join(await tool(spec), scope);
  const candidates = readdirSync(packages).flatMap((name) =>
    [file, `${file}.exe`, join("bin", file), join("bin", `${file}.exe`)].map((path) => join(packages, name, path)),
  );
  for (const candidate of candidates.filter((path) => existsSync(path))) {
    const runs = await execute(candidate, ["--version"]).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  throw new Error(`${spec}: no package in ${packages} holds an executable that runs here`);
}
