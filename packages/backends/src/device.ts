import { cpu, type Device, DeviceError, warn } from "@kindling/core";
import { messageOf } from "./absent-device.ts";
import { type Adapter, adapters, type DeviceOptions } from "./adapters.ts";

/** Devices by name. One that can be lost says so, and is started anew. */
const loaded = new Map<string, Promise<Device>>([["cpu", Promise.resolve(cpu)]]);

function isLost(device: Device): boolean {
  return (device as { isLost?: boolean }).isLost === true;
}

/**
 * The device of this name, started on first use: `cpu`, `onnx`, `wasm`, `webgpu`, ..., or `auto` for the fastest one present.
 *
 * @example const device = await device("wasm")
 * @throws DeviceError for a name that is unknown, or a backend whose package is missing or does not start.
 */
export async function device(name: string, options: DeviceOptions = {}): Promise<Device> {
  if (name === "auto") return fastest(options);
  const known = loaded.get(name);
  if (known !== undefined && !isLost(await known)) return known;
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (adapter === undefined) {
    const names = ["auto", "cpu", ...adapters.map((candidate) => candidate.name)];
    throw new DeviceError("device", `unknown device '${name}'`, "", `Known are ${names.join(", ")}.`);
  }
  const starting = adapter.load(options);
  loaded.set(name, starting);
  try {
    return await starting;
  } catch (error) {
    loaded.delete(name);
    throw unavailable(adapter, error);
  }
}

/** The first of the adapters, best first, that starts; `cpu` where none does. */
async function fastest(options: DeviceOptions): Promise<Device> {
  for (const { name, isSlow, saysWhy } of adapters) {
    try {
      const found = await device(name, options);
      if (isSlow?.(found) !== true) return found;
    } catch (error) {
      // The next one, and at last cpu, which is always there. What is installed and does not load has a cause.
      const { message, cause } = error as Error;
      if (saysWhy === true && cause !== undefined) warn(`device("auto") goes on without ${name}. ${message}`);
    }
  }
  return cpu;
}

function unavailable({ name }: Adapter, cause: unknown): DeviceError {
  // It says itself why it did not start.
  if (cause instanceof DeviceError) return cause;
  const error = new DeviceError("device", `the ${name} device did not start`, messageOf(cause));
  error.cause = cause;
  return error;
}
