import { expect, test } from "vitest";
import { startKernels, type WasmMemory } from "./start-kernels.ts";

const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory };
};

test.each([
  ["plain", new WebAssembly.Memory({ initial: 1 })],
  ["shared, as the backend's with threads is", new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true })],
  ["shared, and smaller", new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true })],
])("kernels run over memory that is %s", async (_, memory) => {
  const kernels = await startKernels(memory);
  const bytes = [3, 0, 255, 7, 7, 1, 2, 250];
  new Uint8Array(memory.buffer).set(bytes);
  new Float32Array(memory.buffer, 64, 256).set(Array.from({ length: 256 }, (_, i) => i / 2));
  kernels?.lookUp(0, 64, 2048, bytes.length);
  expect([...new Float32Array(memory.buffer, 2048, bytes.length)]).toEqual(bytes.map((byte) => byte / 2));
});
