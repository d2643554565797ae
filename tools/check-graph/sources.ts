import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import ts from "typescript";

/** A source file and what it imports: values, types, and what `import()` names. */
export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly imports: readonly string[];
}

/** Every TypeScript and JavaScript file of `folder`, with its imports. Packages inside it are left to themselves. */
export function sourcesIn(root: string, folder: string): Source[] {
  const sources: Source[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (/^(node_modules|dist|\..*)$/.test(entry.name)) continue;
      if (existsSync(join(root, path, "package.json"))) continue;
      sources.push(...sourcesIn(root, path));
    } else if (/\.[cm]?[jt]sx?$/.test(entry.name)) {
      sources.push({ path, imports: importsOf(readFileSync(join(root, path), "utf8")) });
    }
  }
  return sources;
}

function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The file that a relative import of `source` means. */
export function target(source: Source, specifier: string): string {
  return normalize(join(dirname(source.path), specifier));
}

export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The manifest of the package in `folder`. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function manifestOf(root: string, folder: string): Manifest | undefined {
  const file = join(root, folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
