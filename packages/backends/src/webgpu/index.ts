import type { Device } from "@kindling/core";
import { startWebgpu } from "./start-webgpu.ts";
import type { WebgpuDevice } from "./webgpu-device.ts";

let started: Promise<WebgpuDevice> | undefined;

/**
 * The `webgpu` device: TensorFlow.js kernels as compute shaders on the GPU, in a page, or in Node by the npm package `webgpu`. One a
 * program: later calls give the same, as long as it works. It can't be read without waiting: `await t.item()`, not `t.itemSync()`.
 *
 * @throws DeviceError where the package is missing, or there is no WebGPU or no adapter.
 */
export async function webgpu(): Promise<Device> {
  if (started !== undefined && (await started).isLost) started = undefined;
  started ??= startWebgpu().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}
