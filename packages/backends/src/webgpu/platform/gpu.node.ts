import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DeviceError } from "@kindling/core";
import { notLoaded } from "../../absent-device.ts";
import { refuseCutShort } from "../../native/cut-short.node.ts";
import type { GpuAccess } from "./gpu-access.ts";

/** The classes and constants that TensorFlow.js's backend looks up by their global names while it computes. */
const NAMES = ["GPUBuffer", "GPUBufferUsage", "GPUMapMode", "GPUShaderStage", "GPUTexture", "GPUTextureUsage"];

let found: GPU | undefined;

/** Dawn, from the npm package `webgpu`. It must stay referenced as long as a device of it is in use. */
async function find(): Promise<GPU> {
  if (found !== undefined) return found;
  const { create, globals } = await load();
  const classes = globals as Record<string, unknown>;
  for (const name of NAMES) {
    if (name in globalThis) continue;
    Object.defineProperty(globalThis, name, { value: classes[name], configurable: true, writable: true });
  }
  found = create([]);
  return found;
}

async function load(): Promise<typeof import("webgpu")> {
  try {
    refuseCutShort("webgpu", "webgpu", librariesOf(folderOfPackage()));
    return await import("webgpu");
  } catch (cause) {
    if (cause instanceof DeviceError) throw cause;
    // The other package that it needs is named too.
    const install = "In Node: npm install @tensorflow/tfjs-backend-webgpu@4.22.0 webgpu@0.6";
    throw notLoaded("webgpu", { name: "webgpu", version: "0.6", install }, cause);
  }
}

/** Undefined where the package is not installed, or its files are somewhere else, as in a bundle. */
function folderOfPackage(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve("webgpu/package.json"));
  } catch {
    return undefined;
  }
}

/** Where the package keeps its addon; before 0.6 the folder held those of all platforms. */
function librariesOf(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  return [join(folder, "dist"), join(folder, "dist", `${process.platform}-${process.arch}`)];
}

/** `navigator.gpu` for the time of one call: Node 20 has no navigator at all, later ones have one without `gpu`. */
function whileNamed<R>(gpu: GPU, make: () => R): R {
  const had = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true, writable: true });
  try {
    return make();
  } finally {
    if (had === undefined) Reflect.deleteProperty(globalThis, "navigator");
    else Object.defineProperty(globalThis, "navigator", had);
  }
}

/** Node's access to a GPU. */
export const access: GpuAccess = {
  find,
  whileNamed,
  wayOut: {
    noGpu: "npm install webgpu@0.6",
    noAdapter:
      "It needs a GPU with a Vulkan (Linux), Metal or Direct3D 12 driver, and on Linux libvulkan.so.1 (Debian: libvulkan1). On a machine without a GPU, VK_ICD_FILENAMES can name a software Vulkan: Chromium ships one, vk_swiftshader_icd.json. The device wasm needs none of it.",
  },
};
