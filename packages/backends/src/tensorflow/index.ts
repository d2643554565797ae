import { type Device, ValueError } from "@kindling/core";
import { checkOptions } from "@kindling/core/extend";
import { TensorflowDevice } from "./device.ts";
import { isBuiltForGpu } from "./find-addon.node.ts";
import { loadAddon } from "./load-addon.node.ts";

export type { TensorflowDevice, TensorflowFacts } from "./device.ts";
/** @internal For `device("auto")`. */
export { isBuiltForGpu };

export interface TensorflowOptions {
  /** Threads that TensorFlow computes with on the CPU: all cores unless said here, or in the environment as `TF_NUM_INTRAOP_THREADS`. */
  readonly threads?: number;
}

let started: TensorflowDevice | undefined;

/**
 * The `tensorflow` device: libtensorflow through the addon of `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`, whichever is
 * installed. Node only. One a program: later calls give the same.
 *
 * @throws DeviceError when the package is missing, or its addon is not built or does not load.
 */
export async function tensorflow(options: TensorflowOptions = {}): Promise<Device> {
  checkOptions("tensorflow", options, ["threads"]);
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new ValueError("tensorflow", "threads must be a whole number above 0", `got ${threads}`);
  }
  if (started === undefined) {
    const { binding, ...facts } = loadAddon(threads);
    started = new TensorflowDevice(binding, facts);
  }
  return started;
}
