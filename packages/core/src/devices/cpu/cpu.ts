import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { shared } from "../../base/global.ts";
import type { Device } from "../../device/device.ts";
import { TfjsDevice } from "../tfjs/device.ts";
import { overrides } from "./overrides.ts";

/** The device that is always there: the pure-JavaScript backend of TensorFlow.js, beside any that the program uses itself. */
export const cpu: Device = shared("cpu", () => {
  const backend = new MathBackendCPU();
  // Otherwise its first use prints advice to install something else.
  (backend as unknown as { firstUse: boolean }).firstUse = false;
  return new TfjsDevice("cpu", backend, "cpu", {
    overrides,
    inOrdinaryMemory: true,
    detail: "plain JavaScript, always there",
    facts: { threads: 1 },
  });
});
