import type { DeviceFacts } from "../device-facts.ts";
import type { WasmDevice } from "./wasm-device.ts";

/** Which of its builds the backend runs, and the threads that its kernels are spread over. */
export function wasmFacts({ threads, simd }: WasmDevice): Required<Pick<DeviceFacts, "threads" | "simd">> {
  return { threads, simd };
}

/** The same in a line. */
export function describeWasm({ threads, simd }: WasmDevice): string {
  return `WebAssembly ${simd ? "with" : "without"} SIMD on the CPU, ${threads === 1 ? "one thread" : `${threads} threads`}`;
}
