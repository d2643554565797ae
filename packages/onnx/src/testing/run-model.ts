import { allocate, type DType, fromBuffer, type Tensor } from "@kindling/core";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";

/** What ONNX Runtime makes of a file: its results, and what it says of its inputs and outputs. */
export interface ModelRun {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly inputs: readonly string[];
}

/** Runs an `.onnx` file on tensors of the cpu, given in the order of its inputs. */
export async function runModel(model: Uint8Array, inputs: readonly Tensor[]): Promise<ModelRun> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const feeds = Object.fromEntries(
    session.inputNames.map((name, i) => {
      const { dtype, shape } = inputs[i] as Tensor;
      return [name, new OrtTensor(dtype, (inputs[i] as Tensor).dataSync(), [...shape])];
    }),
  );
  const results = await session.run(feeds as Record<string, OrtTensor>);
  await session.release();
  const outputs = Object.fromEntries(
    Object.entries(results).map(([name, { type, data, dims }]) => {
      const elements = allocate(type as DType, data.length);
      elements.set(data as Float32Array);
      return [name, fromBuffer(elements, [...dims])];
    }),
  );
  return {
    outputs,
    inputs: session.inputMetadata.map((input) =>
      input.isTensor ? `${input.name}: ${input.type}[${input.shape}]` : input.name,
    ),
  };
}
