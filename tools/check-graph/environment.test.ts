import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { manifestOf } from "./sources.ts";

const root = join(import.meta.dirname, "../..");
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** An environment that the packages may not read, as that of Deno without `--allow-env`. */
const CLOSED = `
import process from "node:process";
const open = process.env;
process.env = new Proxy(open, {
  get(env, name) {
    if (/[/]packages[/][\\w-]+[/](?:src|dist)[/]/.test(new Error().stack)) throw new Error("reads " + String(name));
    return env[name];
  },
});
`;

/** Every entry of every published package as Node resolves it, but for those that tests alone import. */
function entries(): string[] {
  return readdirSync(join(root, "packages")).flatMap((folder) => {
    const manifest = manifestOf(root, `packages/${folder}`);
    if (manifest === undefined || manifest.private === true) return [];
    const exports = (manifest as { exports?: Readonly<Record<string, unknown>> }).exports ?? {};
    const paths = Object.keys(exports).filter((path) => !/testing|package\.json|\*/.test(path));
    return paths.map((path) => join(root, `packages/${folder}`, source(exports[path]) ?? ""));
  });
}

/** The source file behind an entry, as Node picks it. */
function source(entry: unknown): string | undefined {
  if (typeof entry === "string") return entry.endsWith(".ts") ? entry : undefined;
  const conditions = Object.entries((entry ?? {}) as Readonly<Record<string, unknown>>);
  for (const [condition, chosen] of conditions) {
    if (!["@kindling/source", "node", "import", "default"].includes(condition)) continue;
    const found = source(chosen);
    if (found !== undefined) return found;
  }
  return undefined;
}

test("no package reads the environment while it is imported", { timeout: 120_000 }, async () => {
  const files = entries().filter((file) => file.endsWith(".ts") && !file.endsWith("/cli.ts"));
  expect(files.length).toBeGreaterThan(15);
  const program = `${CLOSED}
for (const file of ${JSON.stringify(files)}) {
  await import(file).catch((error) => console.log(file, error.message));
}`;
  const args = ["--conditions=@kindling/source", "--import", tsx, "--input-type=module", "-e", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stdout).toBe("");
});
