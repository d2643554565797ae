import { execFile } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { environment } from "../environment.ts";
import type { Registry } from "../registry.ts";

const execute = promisify(execFile);

/** A new project that was made by `npm create kindling`. */
export interface Project {
  readonly template: string;
  readonly folder: string;
}

/** The name of every project that is made here. */
const NAME = "my-app";

/** Runs the packed `npm create kindling`, as its README says, in the folder `parent`. */
export async function createProject(template: string, parent: string, registry: Registry): Promise<Project> {
  // npx keeps what it has installed by name and version: another packing of the same version needs a cache of its own.
  const env = { ...registry.env, npm_config_cache: join(parent, ".npm") };
  await npm(parent, ["create", "--yes", "kindling@latest", NAME, "--", "--template", template], env);
  const folder = join(parent, NAME);
  await writeFile(join(folder, ".npmrc"), registry.npmrc);
  return { template, folder };
}

/** Runs npm in `folder` and gives what it prints. */
export async function npm(
  folder: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: folder, env: environment(more), timeout: 600_000, maxBuffer: 1 << 26 };
  return (await execute("npm", args, options)).stdout;
}

/** What a user types first. The project's own flags are npm's defaults. */
export async function install({ folder }: Project): Promise<void> {
  await npm(folder, ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]);
}

/** Every line of the project's package.json that names a version of Kindling which is not `version`. */
export async function wrongVersions({ folder }: Project, version: string): Promise<string[]> {
  const lines = (await readFile(join(folder, "package.json"), "utf8")).split("\n");
  return lines.filter((line) => line.includes('"@kindling/') && !line.includes(`"^${version}"`));
}

/** Adds code to a file of the project: something that its checks must find. */
export async function append({ folder }: Project, file: string, code: string): Promise<void> {
  await appendFile(join(folder, file), code);
}
