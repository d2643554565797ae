import type { FileBytes } from "@kindling/core";
import type { BuildName } from "./build-name.ts";

/** Each is a module that our own build makes of TensorFlow.js's file: gzip, as base64. Loaded when it is asked for. */
const modules: Readonly<Record<BuildName, () => Promise<{ readonly default: string }>>> = {
  "tfjs-backend-wasm.wasm": () => import("#embedded/tfjs-backend-wasm.wasm"),
  "tfjs-backend-wasm-simd.wasm": () => import("#embedded/tfjs-backend-wasm-simd.wasm"),
  "tfjs-backend-wasm-threaded-simd.wasm": () => import("#embedded/tfjs-backend-wasm-threaded-simd.wasm"),
};

/** The bytes of a build, out of this package: no bundler or server has to know of them. */
export async function readBuild(name: BuildName): Promise<FileBytes> {
  const { default: packed } = await modules[name]();
  const gzip = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
