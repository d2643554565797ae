export type { DeviceOptions } from "./adapters.ts";
export { type Availability, availableDevices, device } from "./device.ts";
