import { describeValue } from "../base/describe-value.ts";
import { DeviceError } from "../base/errors.ts";
import { isThenable } from "../base/thenable.ts";
import type { Device } from "./device.ts";

/** Devices that `device(name)` of `@kindling/backends` starts. */
const STARTED = ["auto", "onnx", "tensorflow", "wasm", "webgl", "webgpu"];

/** PyTorch's names of GPUs. */
const GPU = /^(?:cuda|gpu|mps|xpu|hip|rocm)(?::\d+)?$/i;

/** Whether `value` is a device: an object that runs kernels. */
export function isDevice(value: unknown): value is Device {
  return typeof value === "object" && value !== null && typeof (value as Partial<Device>).run === "function";
}

/** Refuses what is not a device; `undefined` is the default. */
export function checkDevice(op: string, value: unknown): void {
  if (value === undefined || isDevice(value)) return;
  throw notADevice(op, value);
}

/**
 * The error for a device that was given by name, or not at all.
 *
 * @param use the call that was meant, around the device: `(device) => "net.to(" + device + ")"`
 */
export function notADevice(op: string, value: unknown, use = (device: string) => `to(${device})`): DeviceError {
  const got = isThenable(value) ? "a promise" : describeValue(value);
  const rule = namesDevice(value) ? "a device is an object, not a name" : "expected a device";
  return new DeviceError(op, rule, `got ${got}`, wayOut(value, use));
}

/** Whether a device was meant: by its name here or in PyTorch, or as the promise of one. */
export function namesDevice(value: unknown): boolean {
  if (typeof value !== "string") return isThenable(value);
  return value === "cpu" || STARTED.includes(value) || GPU.test(value);
}

function wayOut(value: unknown, use: (device: string) => string): string {
  const from = "device is exported by @kindling/backends";
  if (isThenable(value)) return `device() is asynchronous: ${use('await device("auto")')}.`;
  if (value === "cpu") return `Write ${use("cpu")}; cpu is exported by @kindling/core.`;
  if (typeof value === "string" && STARTED.includes(value)) return `Write ${use(`await device("${value}")`)}; ${from}.`;
  if (typeof value === "string" && GPU.test(value)) {
    return `A GPU is reached through device("webgpu") or device("webgl") in a page, and through device("tensorflow") with CUDA, or device("webgpu"), in Node. ${use('await device("auto")')} takes the fastest device that starts; ${from}.`;
  }
  return `Write ${use('await device("auto")')}; ${from}.`;
}
