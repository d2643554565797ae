import type { Device } from "@kindling/core";
import { AbsentDeviceError } from "../absent-device.ts";

/** In a page there is no native ONNX Runtime to load: this stands in its place. */
export async function onnx(_options: { readonly threads?: number } = {}): Promise<Device> {
  throw new AbsentDeviceError("onnx", "the onnx device runs in Node only", "", 'In a page: "webgpu" or "wasm".');
}
