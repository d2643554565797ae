import { type Device, ValueError } from "@kindling/core";
import { checkOptions } from "@kindling/core/extend";
import type { WasmPaths } from "./builds/find-build.ts";
import { startKernelsOf } from "./kernels/kernels-of.ts";
import { loadBackend } from "./load-backend.ts";
import { startBackend } from "./starting/start-backend.ts";
import { WasmDevice } from "./wasm-device.ts";

export interface WasmOptions {
  /** Where the `.wasm` files are served, if not from this package, which brings them: a folder's URL, or one URL a file; in Node a path too. */
  readonly wasmPaths?: WasmPaths;
  /** Threads in a page that is cross-origin isolated: half of the logical cores and at most 8, or fewer if given here. */
  readonly threads?: number;
}

let started: Promise<Device> | undefined;

/**
 * The `wasm` device: TensorFlow.js kernels compiled to WebAssembly. One a program: later calls give the same.
 *
 * @throws DeviceError when the package is missing, or the `.wasm` files cannot be loaded.
 */
export async function wasm(options: WasmOptions = {}): Promise<Device> {
  checkOptions("wasm", options, ["wasmPaths", "threads"]);
  started ??= start(options).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start({ wasmPaths, threads }: WasmOptions): Promise<Device> {
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new ValueError("wasm", "threads must be a whole number above 0", `got ${threads}`);
  }
  const device = new WasmDevice(await startBackend(await loadBackend(), { wasmPaths, threads }));
  await startKernelsOf(device);
  return device;
}
