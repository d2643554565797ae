export type { DeviceFacts } from "@kindling/core";
export type { DeviceOptions } from "./adapters.ts";
export {
  type Availability,
  type AvailabilityOptions,
  availability,
  availableDevices,
  deviceNames,
} from "./availability.ts";
export { device } from "./device.ts";
