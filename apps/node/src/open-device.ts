import { device } from "@kindling/backends";
import { type Device, DeviceError } from "@kindling/core";
import { UsageError } from "./usage-error.ts";

/** The device of this name. One that nobody knows is a misuse; one that does not start is not. */
export async function openDevice(name: string): Promise<Device> {
  try {
    return await device(name);
  } catch (error) {
    if (error instanceof DeviceError && /unknown device/.test(error.message)) throw new UsageError(error.message);
    throw error;
  }
}
