import type { Handle, TensorSpec } from "../../../device/device.ts";
import type { AttributesOf, InputsOf, KernelName } from "../../../device/kernels.ts";
import type { TfjsRunner } from "../runner.ts";

/** A kernel of images: operands and results are `[N, C, H, W]` to the outside. */
export type ImageKernel<K extends KernelName> = (
  device: TfjsRunner,
  inputs: InputsOf<K>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
) => Handle[];
