import type { Device } from "@kindling/core";
import { access } from "#gpu";
import { loadBackend } from "./load-backend.ts";
import { findGpu, requestGpu } from "./request-gpu.ts";
import { WebgpuDevice } from "./webgpu-device.ts";

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

/** @internal A device of its own: tests break it. */
export async function startWebgpu(): Promise<WebgpuDevice> {
  const gpu = await findGpu(access);
  // Only now: a page without WebGPU does not fetch it.
  const WebGPUBackend = await loadBackend();
  const { device, info } = await requestGpu(gpu, access);
  const backend = access.whileNamed(gpu, () => new WebGPUBackend(device, info));
  // Otherwise small tensors are computed on the CPU, by other kernels than the rest.
  backend.shouldExecuteOnCPU = () => false;
  return new WebgpuDevice(backend, info);
}
