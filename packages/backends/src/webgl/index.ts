import { type Device, DeviceError } from "@kindling/core";
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { WebglDevice } from "./webgl-device.ts";

let started: WebglDevice | undefined;

/**
 * The `webgl` device: TensorFlow.js kernels as WebGL shaders, in a page or a worker. One a program: later calls give the same, as long as
 * it works.
 *
 * @throws DeviceError where there is no WebGL.
 */
export async function webgl(): Promise<Device> {
  if (started?.isLost === true) started = undefined;
  started ??= startWebgl();
  return started;
}

function startWebgl(): WebglDevice {
  if (!("WebGL2RenderingContext" in globalThis)) {
    throw new DeviceError(
      "device",
      "the webgl device did not start",
      "there is no WebGL 2 here",
      "It runs in pages; in Node there are wasm and webgpu.",
    );
  }
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
