import { warn } from "@kindling/core/extend";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { env } from "@tensorflow/tfjs-core";
import { messageOf } from "../../absent-device.ts";
import { findBuild, type WasmPaths } from "../builds/find-build.ts";
import type { WasmBackendPackage } from "../load-backend.ts";
import { startPlain } from "./start-plain.ts";
import { startThreaded, type ThreadedOptions } from "./start-threaded.ts";

export interface StartOptions extends ThreadedOptions {
  readonly wasmPaths?: WasmPaths | undefined;
  /** At most this many. */
  readonly threads?: number | undefined;
}

/** A backend that is running, and what its kernels are spread over. */
export interface StartedBackend {
  readonly backend: BackendWasm;
  readonly threads: number;
  readonly simd: boolean;
}

/** TensorFlow.js's backend in the build that suits the machine. Where its threads do not start, it has one, and a warning gives the reason. */
export async function startBackend(from: WasmBackendPackage, options: StartOptions = {}): Promise<StartedBackend> {
  const simd = Boolean(await env().getAsync("WASM_HAS_SIMD_SUPPORT"));
  if (simd && threadsOf(options) > 1 && (await env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT"))) {
    try {
      const code = await findBuild("tfjs-backend-wasm-threaded-simd.wasm", options.wasmPaths);
      return running(from, await startThreaded(from.threaded, code, options), simd, options);
    } catch (cause) {
      warn(`The wasm device goes on with one thread: ${messageOf(cause)}`);
    }
  }
  const code = await findBuild(simd ? "tfjs-backend-wasm-simd.wasm" : "tfjs-backend-wasm.wasm", options.wasmPaths);
  return running(from, await startPlain(from.plain, code), simd, options);
}

/** As many as the backend takes: half of the logical cores, at most 8 (4.22, backend.cc). */
function threadsOf({ threads = 8 }: StartOptions): number {
  // The types of this package know no DOM, and Node 20 has no navigator.
  const { navigator } = globalThis as unknown as { readonly navigator?: { readonly hardwareConcurrency?: number } };
  return Math.min(threads, Math.floor((navigator?.hardwareConcurrency ?? 1) / 2), 8);
}

function running(
  { BackendWasm, setThreadsCount, getThreadsCount }: WasmBackendPackage,
  module: ConstructorParameters<typeof BackendWasm>[0],
  simd: boolean,
  { threads = -1 }: StartOptions,
): StartedBackend {
  setThreadsCount(threads);
  const backend = new BackendWasm(module);
  return { backend, threads: getThreadsCount(), simd };
}
