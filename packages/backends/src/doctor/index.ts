export { type SelfTest, selfTest } from "./self-test.ts";
export { measureSpeed, type Speed, type SpeedOptions } from "./speed.ts";
