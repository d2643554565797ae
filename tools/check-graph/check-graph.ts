import { existsSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path/posix";
import { allowed, mayUseNode, mayUseTfjs } from "./allowed.ts";
import { circlesOf } from "./circles.ts";
import { checkCoreFolders } from "./core-folders.ts";
import { type Manifest, manifestOf, packageOf, type Source, sourcesIn, target } from "./sources.ts";

/** Every violation of the dependency table in the workspace at `root`, a line each; none is an empty list. */
export function checkGraph(root: string): string[] {
  const shared = manifestOf(root, ".");
  const violations: string[] = [];
  const files = new Map<string, string[]>();

  for (const folder of foldersOf(root)) {
    const manifest = manifestOf(root, folder);
    const may = allowed[folder];
    if (!manifest) violations.push(`${folder}: has no package.json`);
    if (!may) violations.push(`${folder}: is not in the table; add it to tools/check-graph/allowed.ts`);
    if (!manifest || !may) continue;
    violations.push(...checkManifest(folder, manifest, may));
    for (const source of sourcesIn(root, folder)) {
      violations.push(...source.imports.flatMap((name) => checkImport(folder, manifest, may, shared, source, name)));
      violations.push(...checkCoreFolders(source));
      const relative = source.imports.filter((name) => name.startsWith("."));
      files.set(
        source.path,
        relative.map((name) => target(source, name)),
      );
    }
  }
  return [...violations, ...circlesOf(files).map((circle) => `circle: ${circle.join(" -> ")}`)];
}

function foldersOf(root: string): string[] {
  const inside = ["packages", "apps", "packages/create-kindling/templates"].flatMap((parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [],
  );
  return [...inside, "bench", "examples"].filter((folder) => existsSync(join(root, folder, "package.json")));
}

/** `npm create kindling` runs the package `create-kindling`; in a new project the name of its template is replaced. */
function nameFor(folder: string): string {
  const name = folder.split("/").at(-1) ?? "";
  if (folder.startsWith("packages/create-kindling/templates/")) return `kindling-${name}`;
  return name === "create-kindling" ? name : `@kindling/${name}`;
}

function checkManifest(folder: string, manifest: Manifest, may: readonly string[]): string[] {
  const where = `${folder}/package.json`;
  const violations: string[] = [];
  if (manifest.name !== nameFor(folder)) violations.push(`${where}: its name is ${manifest.name}`);
  for (const name of Object.keys({ ...runtimeOf(manifest), ...manifest.devDependencies })) {
    if (name.startsWith("@kindling/") && !may.includes(name.slice("@kindling/".length))) {
      violations.push(`${where}: ${name} may not be a dependency`);
    }
  }
  if (!manifest.private && manifest.dependencies?.["@kindling/core"]) {
    violations.push(`${where}: @kindling/core must be a peer dependency: one core in a program`);
  }
  return violations;
}

function checkImport(
  folder: string,
  manifest: Manifest,
  may: readonly string[],
  shared: Manifest | undefined,
  source: Source,
  specifier: string,
): string[] {
  const violation = (rule: string) => [`${source.path}: "${specifier}" ${rule}`];
  const isConfig = source.path.endsWith(".config.ts");

  if (specifier.startsWith(".")) {
    const file = target(source, specifier);
    if (file.startsWith(`${folder}/`) || (isConfig && file.startsWith("tools/presets/"))) return [];
    return violation(`leaves ${folder}; import the package by its name`);
  }
  if (specifier.startsWith("#")) return [];
  if (isBuiltin(specifier)) {
    if (!mayUseNode.some((pattern) => pattern.test(source.path)))
      return violation("is Node's, in a file that browsers load");
    return specifier.startsWith("node:") ? [] : violation("needs the prefix node:");
  }

  const name = packageOf(specifier);
  if (name.startsWith("@kindling/") && name !== manifest.name && !may.includes(name.slice("@kindling/".length))) {
    return violation(`may not be imported by ${folder}`);
  }
  if (name.startsWith("@tensorflow/") && !mayUseTfjs.some((pattern) => pattern.test(source.path))) {
    return violation("is the devices' own; go through a Device");
  }
  if (name === manifest.name || name in runtimeOf(manifest)) return [];
  const isShipped = source.path.includes("/src/") && !/\.(test|test-d)\.ts$/.test(source.path);
  if (!isShipped && (name in (manifest.devDependencies ?? {}) || name in (shared?.devDependencies ?? {}))) return [];
  return violation(`is not a dependency in ${folder}/package.json`);
}

function runtimeOf(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
}
