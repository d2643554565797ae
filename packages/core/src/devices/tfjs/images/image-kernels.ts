import type { Attributes, Handle, Operand, TensorSpec } from "../../../device/device.ts";
import type { TfjsRunner } from "../runner.ts";
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from "./convolution.ts";
import { maxPool, maxPoolGrad, maxPoolWithArgmax } from "./pooling.ts";

/** A kernel of images: operands and results are `[N, C, H, W]` to the outside. */
export type ImageKernel = (
  device: TfjsRunner,
  inputs: Readonly<Record<string, Operand>>,
  attrs: Attributes,
  outs: readonly TensorSpec[],
) => Handle[];

/**
 * The kernels of images on any tfjs backend, made of its own, which want the channels last. A device's override of the same name goes
 * before.
 */
export const imageKernels: ReadonlyMap<string, ImageKernel> = new Map<string, ImageKernel>([
  ["Conv2D", conv2d],
  ["Conv2DBackpropFilter", conv2dBackpropFilter],
  ["Conv2DBackpropInput", conv2dBackpropInput],
  ["MaxPool", maxPool],
  ["MaxPoolGrad", maxPoolGrad],
  ["MaxPoolWithArgmax", maxPoolWithArgmax],
]);
