import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export const root = resolve(import.meta.dirname, "../..");

/** What stands in a tarball's package.json, as far as these checks read it. */
export interface PackedManifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A published package, packed as `pnpm publish` would upload it. */
export interface Packed {
  readonly manifest: PackedManifest;
  readonly folder: string;
  readonly tarball: string;
  readonly readme: string;
}

/** Packs every package that is not private into `destination`, by name. */
export async function packAll(destination: string): Promise<Map<string, Packed>> {
  const packed = new Map<string, Packed>();
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const folder = join(root, "packages", name);
    const { private: isPrivate } = manifestIn(folder);
    if (isPrivate) continue;
    const { stdout } = await execute("pnpm", ["pack", "--json", "--pack-destination", destination], { cwd: folder });
    const tarball = JSON.parse(stdout).filename;
    const { stdout: text } = await execute("tar", ["-xzOf", tarball, "package/package.json"]);
    const manifest: PackedManifest = JSON.parse(text);
    packed.set(manifest.name, { manifest, folder, tarball, readme: readFileSync(join(folder, "README.md"), "utf8") });
  }
  return packed;
}

function manifestIn(folder: string): PackedManifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The packages among `packed` that `names` need to be installed, themselves included. */
export function closureOf(names: Iterable<string>, packed: ReadonlyMap<string, Packed>): Packed[] {
  const closure = new Set<Packed>();
  const add = (name: string): void => {
    const one = packed.get(name);
    if (!one || closure.has(one)) return;
    closure.add(one);
    for (const needed of Object.keys({ ...one.manifest.dependencies, ...one.manifest.peerDependencies })) add(needed);
  };
  for (const name of names) add(name);
  return [...closure];
}

/** The names under which `one` is imported, its testing laws apart. */
export function entriesOf({ manifest }: Packed, conditions: readonly string[]): { main: string[]; testing: string[] } {
  const subpaths = Object.keys(manifest.exports).filter(
    (subpath) => subpath !== "./package.json" && resolves(manifest.exports[subpath], conditions),
  );
  const names = subpaths.map((subpath) => manifest.name + subpath.slice(1));
  const isTesting = (name: string) => name.startsWith(`${manifest.name}/testing`);
  return { main: names.filter((name) => !isTesting(name)), testing: names.filter(isTesting) };
}

function resolves(target: unknown, conditions: readonly string[]): boolean {
  if (typeof target === "string") return true;
  if (!target || typeof target !== "object") return false;
  const [, found] = Object.entries(target).find(([condition]) => conditions.includes(condition)) ?? [];
  return resolves(found, conditions);
}
