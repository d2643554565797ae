import { type KernelName, type KernelsOf, traits } from "../../../device/kernels.ts";
import { conv2d, conv2dInput, conv2dWeight } from "./convolution.ts";
import type { ImageKernel } from "./image-kernel.ts";
import { maxPool2d, maxPool2dBackward, maxPool2dWithIndices } from "./pooling.ts";

/**
 * The kernels of images on any tfjs backend, made of its own, which want the channels last. A device's override of the same name goes
 * before.
 */
export const imageKernels: { readonly [K in KernelsOf<"images">]: ImageKernel<K> } = {
  conv2d,
  conv2dInput,
  conv2dWeight,
  maxPool2d,
  maxPool2dBackward,
  maxPool2dWithIndices,
};

/** How a kernel of images is made; undefined for another kernel. */
export function imageKernelOf<K extends KernelName>(kernel: K): ImageKernel<K> | undefined {
  // Most calls end here, and looking for a row that is not there is slow.
  if (traits[kernel] !== "images") return undefined;
  const all: { readonly [K in KernelName]?: ImageKernel<K> } = imageKernels;
  return all[kernel];
}
