import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** TensorFlow.js's files are under this licence, and are changed in no more than their wrapping. */
const LICENCE =
  "/*! TensorFlow.js, Copyright Google LLC, Apache License 2.0: see the file LICENSE-APACHE-2.0 of this package. */";

const PREFIX = /^#embedded\//;

/** Makes a module of a `.wasm` file of TensorFlow.js, imported as `#embedded/<name>`: its default export is the file, packed by gzip, as base64. */
export const embeddedWasm: Plugin = {
  name: "embedded-wasm",
  setup(build) {
    const require = createRequire(import.meta.url);
    build.onResolve({ filter: PREFIX }, ({ path }) => ({
      path: require.resolve(path.replace(PREFIX, "@tensorflow/tfjs-backend-wasm/dist/")),
    }));
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const packed = gzipSync(await readFile(path), { level: 9 }).toString("base64");
      return { contents: `${LICENCE}\nexport default "${packed}";\n`, loader: "js" };
    });
  },
};
