import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** TensorFlow.js's module, as its backend takes it. */
export type BackendModule = ConstructorParameters<typeof BackendWasm>[0];

/** As much of the global `WebAssembly` as is used here: its types come with those of the DOM, which are not in play. */
export const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    compile(code: Uint8Array<ArrayBuffer>): Promise<WasmModule>;
    instantiate(module: WasmModule, imports: object): Promise<WasmInstance>;
  };
};

export type WasmModule = object;
export type WasmInstance = { readonly exports: object };

/** A thread of Emscripten's pool. */
export interface PoolWorker {
  addEventListener(
    type: "error" | "messageerror",
    listener: (event: WorkerFailure) => void,
    options: { readonly signal: AbortSignal },
  ): void;
}

export interface WorkerFailure {
  readonly message?: string;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}

/** What Emscripten's JavaScript is told, and where it leaves what it makes: the object becomes the module. */
export interface ModuleOptions {
  /** Called at once; `receive` goes on with the start, now or later. */
  instantiateWasm?(imports: object, receive: (instance: WasmInstance, module: WasmModule) => void): object;
  locateFile?(path: string, prefix: string): string;
  /** Handed to each thread. */
  mainScriptUrlOrBlob?: string;
  onAbort?(reason: unknown): void;
  PThread?: { readonly unusedWorkers: readonly PoolWorker[]; terminateAllThreads(): void };
}

/** What Emscripten gives: C functions as JavaScript's. */
export interface RawModule {
  cwrap(name: string, returns: "number" | null, takes: readonly "number"[]): (...args: number[]) => number;
}

export type ModuleFactory = (options: ModuleOptions) => Promise<RawModule>;

/** The functions that the backend calls by names of its own: as TensorFlow.js sets them (4.22, backend_wasm.js). */
export function asBackendModule(module: RawModule): BackendModule {
  const tfjs = {
    init: module.cwrap("init", null, []),
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: module.cwrap("get_threads_count", "number", []),
    registerTensor: module.cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: module.cwrap("dispose_data", null, ["number"]),
    dispose: module.cwrap("dispose", null, []),
  };
  return Object.assign(module, { tfjs }) as unknown as BackendModule;
}
