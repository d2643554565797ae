import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** The script `entry` of the folder `built`, and every script that it imports statically, by path: all that runs before anything is awaited. */
export function loadedAtStart(built: string, entry: string): Map<string, string> {
  const scripts = new Map<string, string>();
  const add = (path: string): void => {
    if (scripts.has(path)) return;
    const code = readFileSync(join(built, path), "utf8");
    scripts.set(path, code);
    for (const [, specifier = ""] of code.matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)) {
      add(join(dirname(path), specifier));
    }
  };
  add(entry);
  return scripts;
}
