import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { notLoaded } from "../absent-device.ts";

const PACKAGE = { name: "@tensorflow/tfjs-backend-webgpu", version: "4.22.0" };

/**
 * The one place that imports this optional peer. Bundlers let an `import()` that stands in a `try` fail when it runs, not when they build:
 * keep it there, and every other import of the package a type.
 */
export async function loadBackend(): Promise<typeof WebGPUBackend> {
  try {
    const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
    // Vite 6 builds an empty module in the place of a missing peer.
    if (WebGPUBackend === undefined) throw new Error(`Cannot find package '${PACKAGE.name}'`);
    return WebGPUBackend;
  } catch (cause) {
    throw notLoaded("webgpu", PACKAGE, cause);
  }
}
