import { type Device, DeviceError } from "@kindling/core";
import { AbsentDeviceError } from "../absent-device.ts";
import { loadBackend } from "./load-backend.ts";
import { WebglDevice } from "./webgl-device.ts";

let started: Promise<WebglDevice> | undefined;

/**
 * The `webgl` device: TensorFlow.js kernels as WebGL shaders, in a page or a worker. One a program: later calls give the same, as long as
 * it works.
 *
 * @throws DeviceError where the package is missing, or there is no WebGL 2.
 */
export async function webgl(): Promise<Device> {
  if (started !== undefined && (await started).isLost) started = undefined;
  started ??= startWebgl().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function startWebgl(): Promise<WebglDevice> {
  if (!("WebGL2RenderingContext" in globalThis)) {
    throw new AbsentDeviceError(
      "device",
      "the webgl device did not start",
      "there is no WebGL 2 here",
      "It runs in pages; in Node there are wasm and webgpu.",
    );
  }
  const MathBackendWebGL = await loadBackend();
  try {
    const backend = new MathBackendWebGL();
    if (!("texStorage2D" in backend.gpgpu.gl)) throw new Error("the browser gives WebGL 1 only, not WebGL 2");
    return new WebglDevice(backend);
  } catch (cause) {
    const error = new DeviceError(
      "device",
      "the webgl device did not start",
      cause instanceof Error ? cause.message : String(cause),
      "See the browser's page about graphics (chrome://gpu, about:support). The device wasm needs no GPU.",
    );
    error.cause = cause;
    throw error;
  }
}
