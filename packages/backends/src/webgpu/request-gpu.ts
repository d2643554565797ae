import { DeviceError } from "@kindling/core";
import { AbsentDeviceError } from "../absent-device.ts";
import type { GpuAccess } from "./platform/gpu-access.ts";

/** What was granted: the device, and what it runs on. */
export interface Granted {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
}

/** The limits that TensorFlow.js's kernels make use of: as much as the adapter has. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupStorageSize",
  "maxStorageBufferBindingSize",
] as const;

/**
 * WebGPU itself.
 *
 * @throws DeviceError where there is none.
 */
export async function findGpu({ find, wayOut }: Pick<GpuAccess, "find" | "wayOut">): Promise<GPU> {
  const gpu = await find();
  if (gpu !== undefined) return gpu;
  throw new AbsentDeviceError("device", "the webgpu device did not start", "there is no WebGPU here", wayOut.noGpu);
}

/**
 * A GPU, asked for here and not by TensorFlow.js, which takes an adapter that is null for one that is there (4.22, base.js).
 *
 * @throws DeviceError where there is no adapter.
 */
export async function requestGpu(gpu: GPU, { wayOut }: Pick<GpuAccess, "wayOut">): Promise<Granted> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    throw new DeviceError(
      "device",
      "the webgpu device did not start",
      "WebGPU is here, but no GPU adapter",
      wayOut.noAdapter,
    );
  }
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  // The types that TensorFlow.js brings are older than `info`.
  const { info } = adapter as unknown as { readonly info: GPUAdapterInfo };
  return { device: await adapter.requestDevice({ requiredLimits }), info };
}
