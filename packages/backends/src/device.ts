import { cpu, type Device, DeviceError } from "@kindling/core";
import { type Adapter, adapters, type DeviceOptions } from "./adapters.ts";

/** Whether a device can be had here, and if not, why. */
export interface Availability {
  readonly name: string;
  readonly available: boolean;
  /** What it runs on, or why it is not there and how to get it. */
  readonly detail: string;
}

const loaded = new Map<string, Promise<Device>>([["cpu", Promise.resolve(cpu)]]);

/**
 * The device of this name, started on first use: `cpu`, `wasm`, or `auto` for the fastest one present.
 *
 * @example const device = await device("wasm")
 * @throws DeviceError for a name that is unknown, or a backend whose package is missing or does not start.
 */
export async function device(name: string, options: DeviceOptions = {}): Promise<Device> {
  if (name === "auto") return fastest(options);
  const known = loaded.get(name);
  if (known !== undefined) return known;
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
  for (const { name } of adapters) {
    try {
      return await device(name, options);
    } catch {
      // The next one, and at last cpu, which is always there.
    }
  }
  return cpu;
}

/** Every device that this package knows, fastest first, and whether it starts here. */
export async function availableDevices(options: DeviceOptions = {}): Promise<Availability[]> {
  const found: Availability[] = [];
  for (const { name, describe } of adapters) {
    try {
      const started = await device(name, options);
      found.push({ name, available: true, detail: await describe(started) });
    } catch (error) {
      found.push({ name, available: false, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  found.push({ name: "cpu", available: true, detail: "plain JavaScript, always there" });
  return found;
}

function unavailable({ name, packageName, install }: Adapter, cause: unknown): DeviceError {
  const missing =
    (cause as { code?: string }).code === "ERR_MODULE_NOT_FOUND" || /Cannot find (package|module)/.test(String(cause));
  const error = missing
    ? new DeviceError(
        "device",
        `the ${name} device needs the package ${packageName}`,
        "it is not installed",
        install ?? `npm install ${packageName}`,
      )
    : new DeviceError(
        "device",
        `the ${name} device did not start`,
        cause instanceof Error ? cause.message : String(cause),
      );
  error.cause = cause;
  return error;
}
