import { type ImageOverride, type KernelOverrides, rankingKernels } from "@kindling/core/device";
import { div, floorDivide, pow, remainder } from "./binary.ts";
import { conv2dBackpropInput, depthwiseBackpropInput } from "./convolution.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";
import { scatterRows } from "./scatter-rows.ts";
import { sum } from "./sum.ts";
import { cos, erf, expm1, log, log1p, relu, sin, step, tanh } from "./unary.ts";

/** The kernels in the place of the backend's own. */
export const overrides: KernelOverrides = {
  ...rankingKernels,
  cos,
  div,
  erf,
  expm1,
  floorDivide,
  log,
  log1p,
  pow,
  relu,
  remainder,
  scatterRows,
  sin,
  step,
  sum,
  tanh,
};

/** The same for kernels of images with the channels last. */
export const imageOverrides: ReadonlyMap<string, ImageOverride> = new Map([
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["DepthwiseConv2dNativeBackpropInput", depthwiseBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
