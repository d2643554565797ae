import { type ImageOverride, type KernelOverrides, rankingKernels } from "@kindling/core/device";
import { div, remainder } from "./binary.ts";
import { conv2dBackpropInput, depthwiseBackpropInput } from "./convolution.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { scatterRows } from "./scatter-rows.ts";
import { cos, log, log1p, relu, sin } from "./unary.ts";

/** The kernels in the place of the backend's own. */
export const overrides: KernelOverrides = {
  ...rankingKernels,
  cos,
  div,
  log,
  log1p,
  relu,
  remainder,
  scatterRows,
  sin,
};

/** The same for kernels of images with the channels last. */
export const imageOverrides: ReadonlyMap<string, ImageOverride> = new Map([
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
