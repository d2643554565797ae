import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Plugin, transformWithEsbuild } from "vite";
import { HEADERS } from "./headers.ts";

/** Files that are copied as they are. */
const PUBLIC = join(import.meta.dirname, "../public");
const SOURCE = join(import.meta.dirname, "../src/service-worker.ts");

/**
 * What the service worker keeps from the first visit on: all but the data sets, which the page keeps itself when it has fetched them, and
 * what is for the host, which may not serve it.
 */
const isKept = (file: string): boolean => !file.startsWith("data/") && !file.endsWith(".map") && file !== "_headers";

/** Adds `sw.js` to the site, which knows all files of it. */
export function serviceWorker(): Plugin {
  return {
    name: "kindling:service-worker",
    apply: "build",
    // Last, when every other file is there.
    enforce: "post",
    async generateBundle(_options, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => isKept(fileName));
      const hash = createHash("sha256");
      for (const file of files) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
      const names = [...files.map(({ fileName }) => fileName), ...readdirSync(PUBLIC)].sort();
      const { code } = await transformWithEsbuild(await readFile(SOURCE, "utf8"), SOURCE, {
        target: "es2022",
        format: "iife",
      });
      const source = code
        .replace("__FILES__", JSON.stringify(names))
        .replace("__HEADERS__", JSON.stringify(HEADERS))
        .replace("__VERSION__", JSON.stringify(hash.digest("hex").slice(0, 16)));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
