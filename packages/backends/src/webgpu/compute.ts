import type { TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { TensorInfo } from "@tensorflow/tfjs-core";

/** How many threads work in a group. */
export const GROUP = 64;

/** A shader over flat arrays: each input is `array<f32>` or `array<i32>` (bools too) by its name, the output is `result`. */
export interface Shader {
  /** The inputs by name, starting with a lower-case letter. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly shape: readonly number[];
  readonly dtype: TensorInfo["dtype"];
  /** Whole numbers that the code reads as `uniforms.<name>`. */
  readonly uniforms: Readonly<Record<string, number>>;
  /** How many threads run; there may be some more. Default: one an element of the output. */
  readonly threads?: number;
  /** WGSL that defines `fn main(index : i32)`. Nothing but `uniforms` may differ between two calls with the same text. */
  readonly code: string;
}

/**
 * Runs WGSL of our own, by the entry that TensorFlow.js's own kernels use. The text itself is the key under which the compiled
 * shader is kept.
 */
export function compute(device: Pick<TfjsRunner, "backend">, shader: Shader): TensorInfo {
  const { shape, dtype, code } = shader;
  const backend = device.backend as WebGPUBackend;
  const size = numel(shape);
  const uniforms = { threads: shader.threads ?? size, ...shader.uniforms };
  const workgroupSize: [number, number, number] = [GROUP, 1, 1];
  const program = {
    variableNames: Object.keys(shader.inputs),
    uniforms: Object.keys(uniforms)
      .map((name) => `${name} : i32,`)
      .join(" "),
    workgroupSize,
    outputShape: [size],
    // One dimension: `webgpu_util.flatDispatchLayout` and `computeDispatch`, which cannot be imported without the backend.
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(uniforms.threads / GROUP), 1, 1] as [number, number, number],
    shaderKey: code,
    getUserCode: () => code,
  };
  const inputs = Object.values(shader.inputs).map((input) => ({ ...input, shape: [numel(input.shape)] }));
  const data = Object.values(uniforms).map((value) => ({ type: "int32", data: [value] }));
  const out = backend.runWebGPUProgram(program, inputs, dtype, data);
  return { ...out, shape: [...shape] };
}

/** The type of an array's elements in WGSL. */
export function typeOf({ dtype }: Pick<TensorInfo, "dtype">): "f32" | "i32" {
  return dtype === "float32" ? "f32" : "i32";
}
