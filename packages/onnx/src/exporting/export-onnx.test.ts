import { type DType, fromBuffer, manualSeed, rand, type Tensor, tensor, zeros } from "@kindling/core";
import { allocate } from "@kindling/core/device";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plain, SmallNet } from "../testing/nets.ts";
import { exportOnnx } from "./export-onnx.ts";

/** What ONNX Runtime makes of a file: its results, and what it says of its inputs and outputs. */
interface ModelRun {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly inputs: readonly string[];
}

/** Runs an `.onnx` file on tensors of the cpu, given in the order of its inputs. */
async function runModel(model: Uint8Array, inputs: readonly Tensor[]): Promise<ModelRun> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const feeds = Object.fromEntries(
    session.inputNames.map((name, i) => {
      const { dtype, shape } = inputs[i] as Tensor;
      return [name, new OrtTensor(dtype, (inputs[i] as Tensor).toTypedArraySync(), [...shape])];
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

describe("exportOnnx", () => {
  let net: SmallNet;
  beforeEach(() => {
    manualSeed(7);
    net = new SmallNet();
  });
  afterEach(() => expect(net.training).toBe(true));

  test("what ONNX Runtime computes is what forward gives, in eval mode, for any batch", async () => {
    const model = await exportOnnx(net, zeros([1, 1, 6, 6]));
    for (const count of [1, 5]) {
      const x = rand([count, 1, 6, 6]);
      const { outputs, inputs } = await runModel(model, [x]);
      expect(inputs).toEqual(["input: float32[batch,1,6,6]"]);
      expect(outputs.output?.shape).toEqual([count, 4]);
      const wanted = net.evaluated(x).toTypedArraySync();
      outputs.output?.toTypedArraySync().forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i] as number, 5);
      });
    }
  });

  test("nothing of the network changes", async () => {
    const [storage, device] = [net.weight.storage, net.weight.device];
    const view = net.weight.detach();
    await exportOnnx(net, zeros([1, 1, 6, 6]));
    expect(net.weight.storage).toBe(storage);
    expect(net.weight.device).toBe(device);
    expect(net.weight.toListSync()).toEqual(view.toListSync());
  });

  test("one size of batch, names and texts of one's own", async () => {
    const model = await exportOnnx(net, zeros([3, 1, 6, 6]), {
      dynamicBatch: false,
      inputNames: ["image"],
      outputNames: ["probabilities"],
      metadata: { classes: "a b c d" },
    });
    const { outputs, inputs } = await runModel(model, [rand([3, 1, 6, 6])]);
    expect(inputs).toEqual(["image: float32[3,1,6,6]"]);
    expect(outputs.probabilities?.shape).toEqual([3, 4]);
    await expect(runModel(model, [rand([2, 1, 6, 6])])).rejects.toThrow("invalid dimensions");
  });

  test("several inputs and results, views, an input that comes out again", async () => {
    const model = await exportOnnx(
      plain((a, b) => [
        (a as Tensor)
          .view(-1, 2, 2)
          .sum(2)
          .mul(b as Tensor),
        b,
        a,
      ]),
      [zeros([1, 4]), zeros([1, 1])],
    );
    const [a, b] = [rand([3, 4]), rand([3, 1])];
    const { outputs, inputs } = await runModel(model, [a, b]);
    expect(inputs).toEqual(["input0: float32[batch,4]", "input1: float32[batch,1]"]);
    expect(outputs.output0?.toListSync()).toEqual(a.view(-1, 2, 2).sum(2).mul(b).toListSync());
    expect(outputs.output1?.toListSync()).toEqual(b.toListSync());
    expect(outputs.output2?.toListSync()).toEqual(a.toListSync());
  });

  test("the same result twice, and views of it", async () => {
    const model = await exportOnnx(
      plain((x) => {
        const doubled = (x as Tensor).mul(2);
        return [doubled.view(-1, 2, 2), doubled, doubled, doubled.relu(), doubled.view(-1, 1, 4)];
      }),
      zeros([1, 4]),
    );
    const x = rand([3, 4]);
    const { outputs } = await runModel(model, [x]);
    const shapes = [
      [3, 2, 2],
      [3, 4],
      [3, 4],
      [3, 4],
      [3, 1, 4],
    ];
    shapes.forEach((shape, i) => {
      expect(outputs[`output${i}`]?.toListSync()).toEqual(x.mul(2).view(shape).toListSync());
    });
  });

  test("parameters may be called what other things in the file are called", async () => {
    const scale = { input: rand([1]), output: rand([1]), v0: rand([1]), v1: rand([1]) };
    const own = plain(
      (x) => (x as Tensor).mul(scale.input).add(scale.v0).relu().mul(scale.output).add(scale.v1.exp()),
      scale,
    );
    const x = rand([3, 2]);
    const wanted = (own(x) as Tensor).toTypedArraySync();
    const { outputs, inputs } = await runModel(await exportOnnx(own, zeros([1, 2])), [x]);
    expect(inputs).toEqual(["input_: float32[batch,2]"]);
    outputs.output_?.toTypedArraySync().forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] as number, 5);
    });
  });

  test.each([
    [
      { inputNames: ["x"], outputNames: ["x"] },
      '"x" cannot be the name of an output: an input has it. Choose another.',
    ],
    [{ inputNames: ["weight"] }, '"weight" cannot be the name of an input: a parameter or buffer has it'],
    [{ outputNames: [""] }, "the name of an output must not be empty"],
  ])("the names %o are refused", async (names, message) => {
    const weight = rand([1]);
    const own = plain((x) => (x as Tensor).mul(weight), { weight });
    await expect(exportOnnx(own, zeros([1, 2]), names)).rejects.toThrow(message);
  });

  test("shapes that need the batch's size are computed when the graph runs", async () => {
    const net = plain((x) => (x as Tensor).unsqueeze(1).expand(-1, 3, -1).add(1).reshape(-1, 2));
    const model = await exportOnnx(net, zeros([1, 2]));
    const x = rand([4, 2]);
    const { outputs } = await runModel(model, [x]);
    expect(outputs.output?.toListSync()).toEqual((net(x) as Tensor).toListSync());
  });

  test("bytes and whole numbers go in and out as what they are", async () => {
    const model = await exportOnnx(
      plain((x) => (x as Tensor).to("float32").div(255).gt(0.5).to("int32")),
      zeros([1, 3], { dtype: "uint8" }),
    );
    const { outputs, inputs } = await runModel(model, [tensor([[0, 128, 255]], { dtype: "uint8" })]);
    expect(inputs).toEqual(["input: uint8[batch,3]"]);
    expect([outputs.output?.dtype, outputs.output?.toListSync()]).toEqual(["int32", [[0, 1, 1]]]);
  });

  test.each<[string, Parameters<typeof plain>[0], string]>([
    [
      "a mean over the batch",
      (x) => (x as Tensor).mean(0),
      "exportOnnx: forward depends on the size of the batch: it makes numbers of it. Export for one size: { dynamicBatch: false }.",
    ],
    [
      "ops that depend on it",
      (x) => ((x as Tensor).length > 100 ? (x as Tensor).add(1) : x),
      "exportOnnx: forward depends on the size of the batch: another batch takes other ops. Export for one size: { dynamicBatch: false }.",
    ],
    [
      "a size that grows faster than it",
      (x) =>
        (x as Tensor)
          .matmul((x as Tensor).t())
          .flatten()
          .unsqueeze(0)
          .expand((x as Tensor).length, -1),
      "exportOnnx: forward depends on the size of the batch: a size is not a multiple of it. Export for one size: { dynamicBatch: false }.",
    ],
    ["a result that is no tensor", () => 3, "exportOnnx: forward must give a tensor, or a list of tensors: got number"],
    [
      "a result from elsewhere",
      () => tensor([1]),
      "exportOnnx: what forward gives was not computed from its input: it is on cpu",
    ],
  ])("%s is refused", async (_, forward, message) => {
    await expect(exportOnnx(plain(forward), zeros([1, 2]))).rejects.toThrow(message);
  });

  test("reading in forward is refused", async () => {
    const reads = plain((x) => (x as Tensor).mul((x as Tensor).sum().itemSync()));
    await expect(exportOnnx(reads, zeros([1, 2]))).rejects.toThrow("tracing device cannot be read without waiting");
  });

  test.each([
    [undefined, "nothing"],
    [[], "[]"],
    [[1, 2], "[1, 2]"],
    [3, "3"],
  ])("the example %j", async (example, got) => {
    await expect(exportOnnx(net, example as never)).rejects.toThrow(
      `exportOnnx: example must be a tensor, or an array of tensors, as forward takes them: got ${got}. Write exportOnnx(net, zeros([1, 784]))`,
    );
  });

  test.each([
    [undefined, "nothing"],
    [{ "0.weight": zeros([1]) }, "an object"],
    [() => zeros([1]), "a function"],
  ])("%j is no network", async (wrong, got) => {
    await expect(exportOnnx(wrong as never, zeros([1, 2]))).rejects.toThrow(
      `exportOnnx: exportOnnx() takes a Module: got ${got}. Write exportOnnx(net, zeros([1, 784])).`,
    );
  });

  test("names must be as many as there are", async () => {
    await expect(exportOnnx(net, zeros([1, 1, 6, 6]), { outputNames: ["a", "b"] })).rejects.toThrow(
      "outputNames must be as many different names as there are outputs: got 2 for 1",
    );
  });
});
