import type { FileBytes } from "@kindling/core";
import { readBuild } from "#wasm-builds";
import type { BuildName } from "./build-name.ts";
import { fetchBuild } from "./fetch-build.ts";

/** Where the `.wasm` files are served: the URL of a folder, or one URL for each file. */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** The bytes of a build: from where `wasmPaths` says, else out of this package. */
export function findBuild(name: BuildName, wasmPaths: WasmPaths | undefined): Promise<FileBytes> {
  const url = typeof wasmPaths === "string" ? inFolder(wasmPaths, name) : wasmPaths?.[name];
  return url === undefined ? readBuild(name) : fetchBuild(url);
}

function inFolder(folder: string, name: BuildName): string {
  return /[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
