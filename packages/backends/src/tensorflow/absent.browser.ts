import type { Device } from "@kindling/core";
import { AbsentDeviceError } from "../absent-device.ts";

export function isBuiltForGpu(): boolean {
  return false;
}

/** In a page there is no TensorFlow to load: this stands in its place. */
export async function tensorflow(_options: { readonly threads?: number } = {}): Promise<Device> {
  throw new AbsentDeviceError(
    "tensorflow",
    "the tensorflow device runs in Node only",
    "",
    'In a page: "webgpu" or "wasm".',
  );
}
