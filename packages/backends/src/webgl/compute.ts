import type { TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { fitted } from "./packed-views.ts";

/** A shader over flat arrays: the input `image` is read as `getImage(index)`. All numbers in it are floats, whatever their dtype. */
export interface Shader {
  /** The inputs by name, starting with a lower-case letter. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly shape: readonly number[];
  readonly dtype: TensorInfo["dtype"];
  /** GLSL that defines `float valueAt(int index)`, an element of the result. Also the key under which the compiled shader is kept. */
  readonly code: string;
}

/** Runs GLSL of our own, by the entry that TensorFlow.js's own kernels use. */
export function compute(device: Pick<TfjsRunner, "backend">, { inputs, shape, dtype, code }: Shader): TensorInfo {
  const backend = device.backend as MathBackendWebGL;
  const program = {
    variableNames: Object.keys(inputs),
    outputShape: [numel(shape)],
    userCode: `#define INFINITY uintBitsToFloat(0x7f800000u)
      ${code}
      void main() { setOutput(valueAt(getOutputCoords())); }`,
  };
  const flat = Object.values(inputs).map((input) => fitted(backend, { ...input, shape: [numel(input.shape)] }));
  const infos = flat.map(({ info }) => info);
  const out = backend.compileAndRun(program, infos, dtype);
  for (const { made, info } of flat) if (made) backend.disposeData(info.dataId);
  return { ...out, shape: [...shape] };
}

/** Whole numbers by name, as constants of a shader. */
export function constants(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `const int ${name} = ${value};`)
    .join("\n");
}
