import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { shared } from "../../base/global.ts";
import type { Device } from "../../device/device.ts";
import { CpuDevice } from "./cpu-device.ts";

/** The device that is always there, beside any backend of TensorFlow.js that the program uses itself. */
export const cpu: Device = shared("cpu", () => {
  const backend = new MathBackendCPU();
  // Otherwise its first use prints advice to install something else.
  (backend as unknown as { firstUse: boolean }).firstUse = false;
  return new CpuDevice(backend);
});
