import { availableDevices } from "@kindling/backends";
import { expect, inject, test } from "vitest";

const { crossOriginIsolated: isolated } = globalThis as unknown as { crossOriginIsolated: boolean };
const threads = isolated ? "2 threads" : "one thread";

test(`wasm has ${threads} in a page that is ${isolated ? "" : "not "}isolated`, async () => {
  expect(isolated).toBe(inject("isolated"));
  const devices = await availableDevices();
  expect(devices.find(({ name }) => name === "wasm")?.detail).toBe(`WebAssembly with SIMD on the CPU, ${threads}`);
});
