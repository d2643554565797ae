import { DeviceError, memory, scope, tensor } from "@kindling/core";
import type { Handle } from "@kindling/core/device";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { describe, expect, test } from "vitest";
import { compute } from "./compute.ts";
import { webgpu } from "./index.ts";
import { access } from "./platform/gpu.node.ts";
import { findGpu, requestGpu } from "./request-gpu.ts";
import { startWebgpu } from "./start-webgpu.ts";
import { WebgpuDevice } from "./webgpu-device.ts";

const present = await startWebgpu().then(
  () => true,
  () => false,
);

function destroy(device: WebgpuDevice): void {
  (device.backend as WebGPUBackend).device.destroy();
}

test("no WebGPU, or no adapter, is one sentence and a way out", async () => {
  await expect(findGpu({ ...access, find: async () => undefined })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: device: the webgpu device did not start: there is no WebGPU here. npm install webgpu@0.6]`,
  );
  const gpu = { requestAdapter: async () => null } as unknown as GPU;
  await expect(requestGpu(gpu, access)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: device: the webgpu device did not start: WebGPU is here, but no GPU adapter. It needs a GPU with a Vulkan (Linux), Metal or Direct3D 12 driver, and on Linux libvulkan.so.1 (Debian: libvulkan1). On a machine without a GPU, VK_ICD_FILENAMES can name a software Vulkan: Chromium ships one, vk_swiftshader_icd.json. The device wasm needs none of it.]`,
  );
});

describe.skipIf(!present)("a webgpu device", () => {
  test("leaves no navigator behind where there was none, and nothing that is listed", async () => {
    await startWebgpu();
    const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
    expect((before?.value as { gpu?: unknown } | undefined)?.gpu).toBeUndefined();
    expect(Object.keys(globalThis).filter((name) => name.startsWith("GPU"))).toEqual([]);
  });

  test("that is lost says so, whatever is asked of it, and another takes its place", async () => {
    const device = (await webgpu()) as WebgpuDevice;
    const x = tensor([1, 2, 3], { device });
    const y = x.mul(2);
    expect(await y.toList()).toEqual([2, 4, 6]);
    const z = y.mul(2);
    destroy(device);
    await expect(z.toTypedArray()).rejects.toThrow(DeviceError);
    await expect(z.toTypedArray()).rejects.toThrow(
      /^read: the webgpu device was lost: .+\. What is on it is gone\. Start anew/,
    );
    expect(() => x.add(1)).toThrow("the webgpu device was lost: ");
    expect(() => x.neg()).toThrow("neg: the webgpu device was lost: ");
    expect(() => tensor([1], { device }).add(1)).toThrow("upload: the webgpu device was lost: ");
    for (const each of [x, y, z]) each.dispose();
    const next = (await webgpu()) as WebgpuDevice;
    expect(next).not.toBe(device);
    const again = tensor([1, 2], { device: next }).add(1);
    expect(await again.toList()).toEqual([2, 3]);
  });

  test("that is slow to say that it is lost is waited for, whatever a read fails with", async () => {
    const { backend, adapter } = await startWebgpu();
    const gpu = (backend as WebGPUBackend).device;
    const slowly = gpu.lost.then((info) => new Promise((resolve) => setTimeout(resolve, 300, info)));
    Object.defineProperty(gpu, "lost", { value: slowly });
    const device = new WebgpuDevice(backend as WebGPUBackend, { vendor: adapter } as GPUAdapterInfo);
    const z = tensor([1, 2, 3], { device }).mul(2);
    destroy(device);
    await expect(z.toTypedArray()).rejects.toThrow("read: the webgpu device was lost: ");
    z.dispose();
  });

  test("gives an error, not zeros, for a shader that does not compile, and goes on after it", async () => {
    const device = await startWebgpu();
    const sound = tensor([1, 2], { device }).add(1);
    await sound.toTypedArray();
    const spec = { shape: [2], dtype: "float32" as const };
    const { dataId } = compute(device, {
      inputs: {},
      ...spec,
      uniforms: {},
      code: "fn main(index : i32) { nonsense; }",
    });
    const wrong = device.handleOf(dataId, spec) as Handle;
    const derived = device.run("neg", { x: { handle: wrong, ...spec } }, {}, [spec])[0] as Handle;
    await expect(device.download(derived)).rejects.toThrow(
      /^read: the webgpu device failed since it was last read: Error while parsing WGSL[\s\S]*What was computed since then is not to be trusted/,
    );
    await expect(device.download(derived)).rejects.toThrow("the webgpu device failed");
    expect(() => device.run("neg", { x: { handle: wrong, ...spec } }, {}, [spec])).toThrow("the webgpu device failed");
    expect(await sound.toList()).toEqual([2, 3]);
    expect(await sound.add(1).toList()).toEqual([3, 4]);
    destroy(device);
  });

  test("holds as much memory after two hundred steps as after the first ones", async () => {
    const device = await startWebgpu();
    const backend = device.backend as WebGPUBackend;
    const w = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { device, requiresGrad: true },
    );
    const step = async (): Promise<void> => {
      const loss = scope(() => {
        const out = w.matmul(w.t()).relu().logSoftmax(1).square().mean();
        out.backward();
        return out.detach();
      });
      await loss.item();
      loss.dispose();
      w.grad?.dispose();
      w.grad = null;
    };
    for (let i = 0; i < 5; i++) await step();
    const [tensors, ids, bytes] = [memory().tensors, backend.numDataIds(), backend.memory().numBytesAllocatedInGPU];
    for (let i = 0; i < 200; i++) await step();
    expect(memory().tensors).toBeLessThanOrEqual(tensors);
    expect(backend.numDataIds()).toBeLessThanOrEqual(ids);
    expect(backend.memory().numBytesAllocatedInGPU).toBeLessThanOrEqual(bytes * 1.5);
    w.dispose();
    destroy(device);
  }, 60_000);
});
