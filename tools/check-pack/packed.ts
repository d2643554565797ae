import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

export const root = resolve(import.meta.dirname, "../..");

/** Imports most of the others: what every program that installs Kindling does, it shows. */
export const UMBRELLA = "@kindling/kindling";

/** The fields of a package.json that these checks read. */
export interface PackedManifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package that is published, in the workspace. */
export interface Published {
  readonly manifest: PackedManifest;
  readonly folder: string;
  readonly readme: string;
}

/** A published package, packed as `pnpm publish` would upload it. */
export interface Packed extends Published {
  readonly tarball: string;
}

/** Every package that is not private, by name. */
export function publishedPackages(): Map<string, Published> {
  const published = new Map<string, Published>();
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const folder = join(root, "packages", name);
    const manifest: PackedManifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.private) continue;
    published.set(manifest.name, { manifest, folder, readme: readFileSync(join(folder, "README.md"), "utf8") });
  }
  return published;
}

/** Packs `packages` into `destination`, by name. */
export async function packAll(packages: Iterable<Published>, destination: string): Promise<Map<string, Packed>> {
  const all = [...packages];
  const packed: Packed[] = [];
  let next = 0;
  const work = async () => {
    while (next < all.length) {
      const index = next++;
      packed[index] = await pack(all[index] as Published, destination);
    }
  };
  await Promise.all([work(), work()]);
  return new Map(packed.map((one) => [one.manifest.name, one]));
}

async function pack(one: Published, destination: string): Promise<Packed> {
  const { stdout } = await execute("pnpm", ["pack", "--json", "--pack-destination", destination], { cwd: one.folder });
  const tarball: string = JSON.parse(stdout).filename;
  const { stdout: text } = await execute("tar", ["-xzOf", tarball, "package/package.json"]);
  return { ...one, manifest: JSON.parse(text), tarball };
}

/** The packages among `all` that `names` need to be installed, themselves included. */
export function closureOf<P extends Published>(names: Iterable<string>, all: ReadonlyMap<string, P>): P[] {
  const closure = new Set<P>();
  const add = (name: string): void => {
    const one = all.get(name);
    if (!one || closure.has(one)) return;
    closure.add(one);
    for (const needed of Object.keys({ ...one.manifest.dependencies, ...one.manifest.peerDependencies })) add(needed);
  };
  for (const name of names) add(name);
  return [...closure];
}

/** The packages that the examples of a README import. */
export function shownIn({ readme }: Published): string[] {
  return [...new Set([...readme.matchAll(/"(@kindling\/[a-z-]+)/g)].map(([, name = ""]) => name))];
}

/** The names under which `one` is imported, its testing laws apart. */
export function entriesOf(
  { manifest }: Pick<Packed, "manifest">,
  conditions: readonly string[],
): { main: string[]; testing: string[] } {
  const { name, exports = {} } = manifest;
  const subpaths = Object.keys(exports).filter(
    (subpath) => subpath !== "./package.json" && resolves(exports[subpath], conditions),
  );
  const names = subpaths.map((subpath) => name + subpath.slice(1));
  const isTesting = (entry: string) => entry.startsWith(`${name}/testing`);
  return { main: names.filter((entry) => !isTesting(entry)), testing: names.filter(isTesting) };
}

function resolves(target: unknown, conditions: readonly string[]): boolean {
  if (typeof target === "string") return true;
  if (!target || typeof target !== "object") return false;
  const [, found] = Object.entries(target).find(([condition]) => conditions.includes(condition)) ?? [];
  return resolves(found, conditions);
}
