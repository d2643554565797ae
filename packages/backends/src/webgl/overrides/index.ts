import { type KernelOverride, rankingKernels } from "@kindling/core/device";
import { mod, realDiv } from "./binary.ts";
import { conv2dBackpropInput, depthwiseBackpropInput } from "./convolution.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { scatterNd } from "./scatter-nd.ts";
import { cos, log, log1p, relu, sin } from "./unary.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const overrides: ReadonlyMap<string, KernelOverride> = new Map([
  ...rankingKernels,
  ["Cos", cos],
  ["Log", log],
  ["Log1p", log1p],
  ["Mod", mod],
  ["RealDiv", realDiv],
  ["Relu", relu],
  ["ScatterNd", scatterNd],
  ["Sin", sin],
]);

/** The same for kernels of images with the channels last. */
export const imageOverrides: ReadonlyMap<string, KernelOverride> = new Map([
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
