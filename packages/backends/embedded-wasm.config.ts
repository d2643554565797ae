import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** TensorFlow.js's files are under this licence, and are changed in no more than their wrapping. */
const LICENCE =
  "/*! TensorFlow.js, Copyright Google LLC, Apache License 2.0: see the file LICENSE-APACHE-2.0 of this package. */";

/** Makes a module of a `.wasm` file of a package: its default export is the file, packed by gzip, as base64. */
export const embeddedWasm: Plugin = {
  name: "embedded-wasm",
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => ({
      path: createRequire(join(resolveDir, "importer.js")).resolve(path),
    }));
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const packed = gzipSync(await readFile(path), { level: 9 }).toString("base64");
      return { contents: `${LICENCE}\nexport default "${packed}";\n`, loader: "js" };
    });
  },
};
