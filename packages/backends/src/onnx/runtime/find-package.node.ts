import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** An installed onnxruntime-node. */
export interface FoundPackage {
  readonly version: string;
  /** Loads a file of the package, or the package itself for "". */
  load(file: string): unknown;
}

/** The package as seen from here, or from the folder that the program was started in; null where it is not installed. */
export function findPackage(): FoundPackage | null {
  for (const place of [import.meta.url, pathToFileURL(join(process.cwd(), "package.json")).href]) {
    const require = createRequire(place);
    let manifest: string;
    try {
      manifest = require.resolve("onnxruntime-node/package.json");
    } catch {
      continue;
    }
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { version, load: (file) => require(join(dirname(manifest), file)) };
  }
  return null;
}
