import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** An installed onnxruntime-node. */
export interface FoundPackage {
  readonly version: string;
  readonly folder: string;
  /** Loads a file of the package, or the package itself for "". */
  load(file: string): unknown;
}

/**
 * The package as this one sees it, or in a folder that `NODE_PATH` names; null where it is not installed. Never by the folder that the program
 * happens to be started in: native code of that folder would run.
 */
export function findPackage(from: string = import.meta.url): FoundPackage | null {
  const require = createRequire(from);
  let manifest: string;
  try {
    manifest = require.resolve("onnxruntime-node/package.json");
  } catch {
    return null;
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = dirname(manifest);
  return { version, folder, load: (file) => require(join(folder, file)) };
}
