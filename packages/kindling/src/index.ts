export * from "@kindling/backends";
export * from "@kindling/core";
export * from "@kindling/data";
export type { Progress as DownloadProgress } from "@kindling/datasets";
export * from "@kindling/datasets";
export * as datasets from "@kindling/datasets";
export * from "@kindling/metrics";
export * as metrics from "@kindling/metrics";
export * from "@kindling/nn";
export * as nn from "@kindling/nn";
export * from "@kindling/onnx";
export * from "@kindling/optim";
export * as optim from "@kindling/optim";
export * from "@kindling/safetensors";
export * as safetensors from "@kindling/safetensors";
// Two packages have a type of this name: here it is tqdm's, and `DownloadProgress` is the other one.
export type { Progress } from "@kindling/tqdm";
export * from "@kindling/tqdm";
export * from "@kindling/trainer";
export * from "@kindling/transforms";
export * as transforms from "@kindling/transforms";
// The transform; the type of this name in metrics is `"true" | "pred" | "all"`.
export { Normalize } from "@kindling/transforms";
