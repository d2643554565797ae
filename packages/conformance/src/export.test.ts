import { type DType, fromBuffer, noGrad, scope, type Tensor } from "@kindling/core";
import { fromFileArray, toFileArray } from "@kindling/core/extend";
import { agree } from "@kindling/core/testing";
import { moduleCases } from "@kindling/nn/testing";
import { exportOnnx } from "@kindling/onnx";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { examplesOf } from "./discover.ts";

/** What ONNX Runtime makes of a file. */
async function run(model: Uint8Array, inputs: readonly Tensor[]): Promise<Tensor[]> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const feeds = session.inputNames.map((name, i): [string, OrtTensor] => {
    const { dtype, shape } = inputs[i] as Tensor;
    return [
      name,
      new OrtTensor(dtype as "float32", toFileArray((inputs[i] as Tensor).toTypedArraySync(), dtype) as Float32Array, [
        ...shape,
      ]),
    ];
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return session.outputNames.map((name) => {
    const { type, data, dims } = results[name] as OrtTensor;
    const dtype = type as DType;
    const elements = fromFileArray("test", (data as Float32Array).slice(), dtype);
    return fromBuffer(elements, [...dims], { dtype });
  });
}

test.each(examplesOf(moduleCases))("%s is the same as an ONNX file", async (_, example) => {
  const { make, inputs } = example as (typeof moduleCases)[string][number];
  const [net, given] = [make(), inputs()];
  net.eval();
  const wanted = noGrad(() => scope(() => net(...inputs())));
  // Losses give a number, which no batch is in.
  const model = await exportOnnx(net, given, { dynamicBatch: false });
  const [found] = (await run(model, given)) as [Tensor];
  expect([found.shape, found.dtype]).toEqual([wanted.shape, wanted.dtype]);
  const numbers = wanted.toTypedArraySync();
  const wrong = Array.from(found.toTypedArraySync()).filter(
    (x, i) => !agree(x, numbers[i] as number, { rtol: 1e-5, atol: 1e-6 }),
  );
  expect(wrong).toEqual([]);
});
