import { DeviceError } from "@kindling/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { notLoaded } from "../absent-device.ts";
import type { ModuleFactory } from "./starting/emscripten.ts";

const NAME = "@tensorflow/tfjs-backend-wasm";
const VERSION = "4.22.0";

/** The parts of TensorFlow.js's package that are used here. */
export interface WasmBackendPackage {
  readonly BackendWasm: typeof BackendWasm;
  readonly setThreadsCount: (count: number) => void;
  readonly getThreadsCount: () => number;
  /** Emscripten's JavaScript for the builds without threads. */
  readonly plain: ModuleFactory;
  /** The same for the build with threads. */
  readonly threaded: ModuleFactory;
}

/**
 * The one place that imports this optional peer. Bundlers let an `import()` that stands in a `try` fail when it runs, not when they build:
 * keep it there, and every other import of the package a type.
 */
export async function loadBackend(): Promise<WasmBackendPackage> {
  try {
    const { BackendWasm, getThreadsCount, setThreadsCount, version_wasm } = await import(
      "@tensorflow/tfjs-backend-wasm"
    );
    // Vite 6 builds an empty module in the place of a missing peer.
    if (BackendWasm === undefined) throw new Error(`Cannot find package '${NAME}'`);
    checkVersion(version_wasm);
    const plain = await import("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js");
    const threaded = await import("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js");
    return { BackendWasm, getThreadsCount, setThreadsCount, plain: factoryOf(plain), threaded: factoryOf(threaded) };
  } catch (cause) {
    if (cause instanceof DeviceError) throw cause;
    throw notLoaded("wasm", { name: NAME, version: VERSION }, cause);
  }
}

/** Emscripten's file is a CommonJS module: bundlers and runtimes differ in where they put what it exports. */
function factoryOf(module: { readonly default: unknown }): ModuleFactory {
  const candidates = [module.default, (module.default as { default?: unknown } | undefined)?.default, module];
  const factory = candidates.find((candidate) => typeof candidate === "function");
  if (factory === undefined) {
    throw new DeviceError(
      "wasm",
      `the files of ${NAME} were not converted from CommonJS`,
      `found ${Object.keys(module).join(", ") || "no exports"}`,
      "With Rollup add the plugin @rollup/plugin-commonjs.",
    );
  }
  return factory as ModuleFactory;
}

/** The kernels that this package brings, and its thread script, belong to one version. */
function checkVersion(found: string): void {
  if (found === VERSION) return;
  throw new DeviceError(
    "wasm",
    `the wasm device works with ${NAME}@${VERSION} only`,
    `found ${found}`,
    `npm install ${NAME}@${VERSION}`,
  );
}
