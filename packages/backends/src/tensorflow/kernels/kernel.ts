import type { Attributes, TensorSpec, TfjsInputs } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "../backend.ts";

export type NamedInputs = Readonly<Record<string, TensorInfo>>;

/** A kernel of the tfjs vocabulary, made of TensorFlow's ops. What it makes beside its results is freed for it. */
export type Kernel = (tf: TensorflowBackend, inputs: TfjsInputs, attrs: Attributes) => TensorInfo[];

/** A kernel with named inputs and one result. */
export function kernel(run: (tf: TensorflowBackend, inputs: NamedInputs, attrs: Attributes) => TensorInfo): Kernel {
  return (tf, inputs, attrs) => [run(tf, inputs as NamedInputs, attrs)];
}

/** An input that must be there. */
export function input(inputs: NamedInputs, name: string): TensorInfo {
  return inputs[name] as TensorInfo;
}

export type { Attributes, TensorInfo, TensorSpec };
