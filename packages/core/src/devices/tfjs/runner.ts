import type { DataId, KernelBackend } from "@tensorflow/tfjs-core";
import type { Attributes, TensorSpec } from "../../device/device.ts";
import type { AttributesOf, EachInput, KernelName } from "../../device/kernels.ts";
import type { TensorInfo, TfjsHandle } from "./handle.ts";

/** The inputs of a kernel as tensors of TensorFlow.js. */
export type Infos<K extends KernelName> = EachInput<K, TensorInfo>;

/** The inputs of some kernel of TensorFlow.js's own. */
export type TfjsInputs = Readonly<Record<string, TensorInfo>> | readonly TensorInfo[];

/** The part of a device that composed kernels need. */
export interface TfjsRunner {
  /** Of the device, for messages. */
  readonly name: string;
  readonly backend: KernelBackend;
  /** Runs a kernel, or the device's override of it. */
  runKernel<K extends KernelName>(
    kernel: K,
    inputs: Infos<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): TensorInfo[];
  /** Runs the backend's own kernel, past any override. */
  runNative<K extends KernelName>(
    kernel: K,
    inputs: Infos<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): TensorInfo[];
  /** Runs a kernel that only TensorFlow.js has, by its name and attributes there. */
  runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[];
  /** Runs TensorFlow.js's kernel of images with the channels last, or its override. */
  runOnImages(kernel: string, inputs: TfjsInputs, attrs: Attributes, outs: readonly TensorSpec[]): TensorInfo[];
  /** Whether the backend's own kernel of images has something in its place. */
  overridesOnImages(kernel: string): boolean;
  /** A kernel's result, or data just written, as this device hands memory out. */
  handleOf(dataId: DataId, spec: TensorSpec): TfjsHandle;
  /** A scalar, to be released. */
  scalar(value: number, dtype: "float32" | "int32"): TensorInfo;
  /** Gives back an intermediate result. */
  release(info: TensorInfo): void;
}
