import type { TfjsDevice } from "@kindling/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { Product } from "./product.ts";
import { startTileKernel, type WasmMemory } from "./tile-kernel.ts";

const products = new WeakMap<TfjsDevice, Product>();

/** The products of this device; undefined where only the backend's own are to be had. */
export function productOf(device: TfjsDevice): Product | undefined {
  return products.get(device);
}

/** Gives the device its products, where the machine can run them. */
export async function startProducts(device: TfjsDevice): Promise<void> {
  // Emscripten's module keeps what the backend's WebAssembly exports under `asm`.
  const { wasm } = device.backend as BackendWasm as unknown as { wasm: { asm?: { memory?: WasmMemory } } };
  const memory = wasm.asm?.memory;
  const kernel = memory === undefined ? null : await startTileKernel(memory);
  if (kernel !== null) products.set(device, new Product(device, kernel));
}
