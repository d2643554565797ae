import type { FileBytes } from "@kindling/core";
import type { BuildName } from "./build-name.ts";
import { fetchBuild } from "./fetch-build.ts";

/** Each URL in the form that Vite looks for: a site that it builds gets the file. */
const urls: Readonly<Record<BuildName, URL>> = {
  "tfjs-backend-wasm.wasm": new URL(
    "../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
    import.meta.url,
  ),
  "tfjs-backend-wasm-simd.wasm": new URL(
    "../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    import.meta.url,
  ),
  "tfjs-backend-wasm-threaded-simd.wasm": new URL(
    "../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
    import.meta.url,
  ),
};

/** The bytes of a build, out of TensorFlow.js's package: where this package runs from its sources. */
export function readBuild(name: BuildName): Promise<FileBytes> {
  return fetchBuild(urls[name].href);
}
