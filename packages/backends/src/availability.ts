import type { DeviceFacts } from "@kindling/core";
import { checkOptions, surplusArguments } from "@kindling/core/extend";
import { adapters, type DeviceOptions } from "./adapters.ts";
import { device } from "./device.ts";
import { within } from "./within.ts";

/** Whether a device can be had here, and if not, why. */
export interface Availability {
  readonly name: string;
  readonly available: boolean;
  /** What it runs on, or why it is not there and how to get it. */
  readonly detail: string;
  /** Of one that is there. */
  readonly facts: DeviceFacts;
}

export interface AvailabilityOptions extends DeviceOptions {
  /** Seconds that a device may take to start before it counts as absent. Default: 20. */
  readonly timeout?: number;
}

const OPTIONS = ["timeout", "wasmPaths", "threads"];

/** The names that `device` knows, fastest first. */
export function deviceNames(): string[] {
  if (arguments.length > 0) throw surplusArguments("deviceNames()", arguments.length);
  return [...adapters.map(({ name }) => name), "cpu"];
}

/**
 * Whether one device starts here. Never throws for one that does not: a start that fails, or takes longer than `timeout`, is
 * the answer.
 */
export async function availability(name: string, given: AvailabilityOptions = {}): Promise<Availability> {
  if (arguments.length > 2) throw surplusArguments("availability(name, given?)", arguments.length);
  checkOptions("availability", given, OPTIONS);
  const { timeout = 20, ...options } = given;
  try {
    const started = await within(timeout, `the ${name} device did not start`, device(name, options));
    return { name, available: true, detail: started.detail ?? name, facts: started.facts ?? {} };
  } catch (error) {
    return { name, available: false, detail: error instanceof Error ? error.message : String(error), facts: {} };
  }
}

/** Every device that this package knows, fastest first, and whether it starts here. One that never answers holds up no other. */
export async function availableDevices(options: AvailabilityOptions = {}): Promise<Availability[]> {
  if (arguments.length > 1) throw surplusArguments("availableDevices(options?)", arguments.length);
  checkOptions("availableDevices", options, OPTIONS);
  const found: Availability[] = [];
  // One after the other: a backend's start may change what the next one sees.
  for (const name of deviceNames()) found.push(await availability(name, options));
  return found;
}
