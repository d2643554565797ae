export { type BuildOptions, buildFromWheel } from "./build.ts";
export type { CheckedAddon } from "./check-addon.ts";
export { FromWheelError } from "./from-wheel-error.ts";
export { DEFAULT_VERSION, type FromWheelOptions } from "./options.ts";
export { cudaRequirements, type Machine, wheelRequirement } from "./requirement.ts";
