import type { DataId, KernelBackend } from "@tensorflow/tfjs-core";
import type { Attributes, TensorSpec } from "../../device/device.ts";
import type { TensorInfo, TfjsHandle } from "./handle.ts";

export type TfjsInputs = Record<string, TensorInfo> | TensorInfo[];

/** What kernels that are made of other kernels need of a device. */
export interface TfjsRunner {
  readonly backend: KernelBackend;
  /** Runs a kernel by its tfjs name, or its override: for overrides, which are made of other kernels. */
  runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]): TensorInfo[];
  /** Runs a kernel of images with the channels last, or its override. */
  runOnImages(kernel: string, inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]): TensorInfo[];
  /** Whether the backend's own kernel of images has something in its place. */
  overridesOnImages(kernel: string): boolean;
  /** A kernel's result, or data just written, as this device hands memory out. */
  handleOf(dataId: DataId, spec: TensorSpec): TfjsHandle;
  /** Gives back an intermediate result. */
  release(info: TensorInfo): void;
}
