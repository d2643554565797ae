export { RMSNorm, type RMSNormOptions } from "./rms-norm.ts";
export { type RmsNormOptions, rmsNorm } from "./rms-norm-function.ts";
