import { type Device, ValueError } from "@kindling/core";
import { checkOptions } from "@kindling/core/extend";
import { OnnxDevice } from "./device.ts";
import { loadRuntime } from "./runtime/load-runtime.node.ts";

export type { OnnxDevice } from "./device.ts";

export interface OnnxOptions {
  /** Threads that a large graph is computed with: all cores unless said here. */
  readonly threads?: number;
}

let started: OnnxDevice | undefined;

/**
 * The `onnx` device: ONNX Runtime by way of `onnxruntime-node`. Node only. One a program: later calls give the same.
 *
 * @throws DeviceError when the package is missing, or ships no library that loads here.
 */
export async function onnx(options: OnnxOptions = {}): Promise<Device> {
  checkOptions("onnx", options, ["threads"]);
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new ValueError("onnx", "threads must be a whole number above 0", `got ${threads}`);
  }
  started ??= new OnnxDevice(loadRuntime(threads));
  return started;
}
