import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { FileBytes } from "@kindling/core";
import type { BuildName } from "./build-name.ts";

/** The bytes of a build, out of TensorFlow.js's package: where this package runs from its sources. */
export async function readBuild(name: BuildName): Promise<FileBytes> {
  const file = createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`);
  return new Uint8Array(await readFile(file));
}
