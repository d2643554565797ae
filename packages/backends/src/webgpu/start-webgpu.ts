import { access } from "#gpu";
import { foldGroups } from "./fold-groups.ts";
import { loadBackend } from "./load-backend.ts";
import { findGpu, requestGpu } from "./request-gpu.ts";
import { WebgpuDevice } from "./webgpu-device.ts";

/** Starts a device of its own, which tests may break. */
export async function startWebgpu(): Promise<WebgpuDevice> {
  const gpu = await findGpu(access);
  // Only now: a page without WebGPU does not fetch it.
  const WebGPUBackend = await loadBackend();
  const { device, info } = await requestGpu(gpu, access);
  const backend = access.whileNamed(gpu, () => new WebGPUBackend(device, info));
  // Otherwise small tensors are computed on the CPU, by other kernels than the rest.
  backend.shouldExecuteOnCPU = () => false;
  foldGroups(backend);
  return new WebgpuDevice(backend, info);
}
