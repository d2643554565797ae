import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { SiteFile } from "./site-files.ts";

/** The kernels of the wasm device, in the three builds of which the browser gets the one that suits it. */
export function wasmFiles(): SiteFile[] {
  const manifest = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  const folder = join(dirname(manifest), "dist");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => ({ path: `wasm/${name}`, type: "application/wasm", read: () => readFile(join(folder, name)) }));
}
