import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path/posix";

/** The root of this workspace. */
export const workspace = resolve(import.meta.dirname, "../..");

/** A Markdown file. */
export interface Page {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Folders that git ignores, or that hold no page of ours. */
const PASSED_OVER = new Set([
  "node_modules",
  "dist",
  ".git",
  ".cache",
  ".turbo",
  "data",
  "runs",
  "coverage",
  "screenshots",
]);

/** Every file below `root` that git may know, from the root, with forward slashes. */
export function filesIn(root: string, folder = "."): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    // Packages have folders of their own called `data` and the like; only the root's are ignored.
    const ignored = PASSED_OVER.has(path) || ["node_modules", "dist"].includes(entry.name);
    return ignored ? [] : filesIn(root, path);
  });
}

/** Every page among `files`. */
export function pagesOf(root: string, files: readonly string[]): Page[] {
  return files
    .filter((path) => path.endsWith(".md"))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
