import type { Device } from "@kindling/core";
import type { WasmPaths } from "./wasm/builds/find-build.ts";

/** What a device needs to be told; each adapter says which of it it takes. */
export interface DeviceOptions {
  /** Where the `.wasm` files are served, if not from this package, which brings them: a folder's URL, or one URL a file; in Node a path too. */
  readonly wasmPaths?: WasmPaths;
  /**
   * Threads of the onnx device, and of the tensorflow device on the CPU: all cores by default. At most this many of the wasm device, which
   * takes half of the logical cores in a page that is cross-origin isolated.
   */
  readonly threads?: number;
}

/** How a device is brought in on demand. */
export interface Adapter {
  readonly name: string;
  load(options: DeviceOptions): Promise<Device>;
  /** Whether what is installed was built for a GPU, which only the start of the device finds. Cheap: nothing is started. */
  isBuiltForGpu?(): Promise<boolean>;
}

/** Fastest first: `device("auto")` takes the first that starts, but one that has found the GPU it was built for before all others. */
export const adapters: readonly Adapter[] = [
  { name: "onnx", load: async (options) => (await import("#onnx")).onnx(options) },
  {
    name: "tensorflow",
    load: async (options) => (await import("#tensorflow")).tensorflow(options),
    isBuiltForGpu: async () => (await import("#tensorflow")).isBuiltForGpu(),
  },
  { name: "webgpu", load: async () => (await import("./webgpu/index.ts")).webgpu() },
  { name: "wasm", load: async (options) => (await import("./wasm/index.ts")).wasm(options) },
  { name: "webgl", load: async () => (await import("./webgl/index.ts")).webgl() },
];
