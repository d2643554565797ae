import type { Attributes, TensorSpec } from "../../device/device.ts";
import type { AttributesOf, KernelName } from "../../device/kernels.ts";
import type { TensorInfo } from "./handle.ts";
import type { Infos, TfjsInputs, TfjsRunner } from "./runner.ts";

/** A kernel in the place of a backend's own, which is missing, wrong or slow. */
export type KernelOverride<K extends KernelName> = (
  device: TfjsRunner,
  inputs: Infos<K>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
) => TensorInfo[];

/** A device's overrides, by kernel. */
export type KernelOverrides = { readonly [K in KernelName]?: KernelOverride<K> };

/** The same for a kernel of images with the channels last: TensorFlow.js's name, inputs and attributes. */
export type ImageOverride = (
  device: TfjsRunner,
  inputs: TfjsInputs,
  attrs: Attributes,
  outs: readonly TensorSpec[],
) => TensorInfo[];
