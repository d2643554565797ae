import type { TfjsRunner } from "@kindling/core/device";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type Kernels, startKernels, type WasmMemory } from "./start-kernels.ts";

const started = new WeakMap<TfjsRunner, Kernels>();

/** The kernels of our own on this device; undefined where only the backend's are to be had. */
export function kernelsOf(device: TfjsRunner): Kernels | undefined {
  return started.get(device);
}

/** Starts our kernels beside the backend's, where the machine can run them. */
export async function startKernelsOf(device: TfjsRunner): Promise<void> {
  // Emscripten's module keeps what the backend's WebAssembly exports under `asm`; the build with threads imports its memory.
  const { wasm } = device.backend as BackendWasm as unknown as {
    wasm: { asm?: { memory?: WasmMemory }; wasmMemory?: WasmMemory };
  };
  const memory = wasm.wasmMemory ?? wasm.asm?.memory;
  const kernels = memory === undefined ? null : await startKernels(memory);
  if (kernels !== null) started.set(device, kernels);
}
