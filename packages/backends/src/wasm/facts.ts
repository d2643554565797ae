import { getThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { env } from "@tensorflow/tfjs-core";
import type { DeviceFacts } from "../device-facts.ts";

/** Which of its builds the backend runs, and the threads that its kernels are spread over: it takes half of the logical cores. */
export async function wasmFacts(): Promise<Required<Pick<DeviceFacts, "threads" | "simd">>> {
  return { threads: getThreadsCount(), simd: Boolean(await env().getAsync("WASM_HAS_SIMD_SUPPORT")) };
}

/** The same in a line. */
export async function describeWasm(): Promise<string> {
  const { threads, simd } = await wasmFacts();
  return `WebAssembly ${simd ? "with" : "without"} SIMD on the CPU, ${threads === 1 ? "one thread" : `${threads} threads`}`;
}
