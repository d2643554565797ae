import {
  arange,
  cat,
  type DType,
  embedding,
  fromBuffer,
  fullLike,
  manualSeed,
  rand,
  setWarningSink,
  sub,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from "@kindling/core";
import { CALL, fromFileArray, toFileArray } from "@kindling/core/extend";
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
      return [
        name,
        new OrtTensor(
          dtype as "float32",
          toFileArray((inputs[i] as Tensor).toTypedArraySync(), dtype) as Float32Array,
          [...shape],
        ),
      ];
    }),
  );
  const results = await session.run(feeds as Record<string, OrtTensor>);
  await session.release();
  const outputs = Object.fromEntries(
    Object.entries(results).map(([name, { type, data, dims }]) => {
      const dtype = type as DType;
      const elements = fromFileArray("test", (data as Float32Array).slice(), dtype);
      return [name, fromBuffer(elements, [...dims], { dtype })];
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
      plain((x) => (x as Tensor).to("float32").div(255).gt(0.5).to("int64")),
      zeros([1, 3], { dtype: "uint8" }),
    );
    const { outputs, inputs } = await runModel(model, [tensor([[0, 128, 255]], { dtype: "uint8" })]);
    expect(inputs).toEqual(["input: uint8[batch,3]"]);
    expect([outputs.output?.dtype, outputs.output?.toListSync()]).toEqual(["int64", [[0, 1, 1]]]);
  });

  const shift = tensor([0.25, -0.5, 1, 2]);
  const table = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ]);

  test.each<[string, (x: Tensor) => Tensor | Tensor[]]>([
    ["a mean over the batch", (x) => x.mean(0)],
    ["a mean of everything", (x) => x.sub(1).square().mean()],
    ["what is off that mean", (x) => x.sub(x.mean(0))],
    ["a variance over the batch", (x) => [x.var(0, { correction: 0 }), x.std(0, { correction: 0 })]],
    ["a corrected one", (x) => cat([x, x.mul(2)]).var(0)],
    ["a division by the size", (x) => x.sum(0).div(x.size(0))],
    ["a product with one over it", (x) => x.sum(0).mul(1 / x.size(0))],
    ["a sum with it", (x) => x.add(3 * x.size(0) + 1)],
    ["the logarithm of a batch", (x) => x.logsumexp(0)],
    ["zerosLike", (x) => zerosLike(x).add(x)],
    ["fullLike of a part", (x) => fullLike(x.narrow(1, 0, 2), 0.5)],
    ["zeros of the size", (x) => cat([x, zeros([x.size(0), 2])], 1)],
    ["new ones", (x) => x.newOnes([x.size(0), 2, 4]).mul(x.unsqueeze(1))],
    ["counting up to it", (x) => arange(x.size(0)).float().unsqueeze(1).add(x)],
    [
      "counting by twos from one on",
      (x) =>
        x.add(
          arange(1, 2 * x.size(0), 2)
            .to("float32")
            .view(-1, 1),
        ),
    ],
    ["a tensor of a closure", (x) => x.mul(shift).add(shift.exp())],
    ["a table of a closure", (x) => embedding(x.argmax(1), table)],
    ["bounds and values of a closure", (x) => x.clamp({ min: shift.neg() }).maskedFill(x.gt(0.5), tensor(0))],
    ["a closure's product", (x) => x.matmul(table)],
    ["topk's values", (x) => x.topk(2).values],
    ["topk's values and indices", (x) => [...x.topk(3, 1, { largest: false })]],
    ["sorted rows", (x) => x.sort(1).values],
    ["a number first", (x) => sub(1, x).round({ decimals: 1 })],
  ])("%s is what it is for every batch", async (_, forward) => {
    const warnings: string[] = [];
    const restore = setWarningSink((message) => warnings.push(message));
    const model = await exportOnnx(
      plain((x) => forward(x as Tensor)),
      zeros([3, 4]),
    );
    restore();
    expect(warnings).toEqual([]);
    for (const count of [1, 2, 5]) {
      const x = rand([count, 4]);
      const { outputs } = await runModel(model, [x]);
      const wanted = [forward(x)].flat();
      const found = Object.values(outputs);
      expect(found.length).toBe(wanted.length);
      for (const [i, output] of found.entries()) {
        const { shape, dtype } = wanted[i] as Tensor;
        expect([output.shape, output.dtype]).toEqual([shape, dtype]);
        const numbers = (wanted[i] as Tensor).toTypedArraySync();
        for (const [at, value] of output.toTypedArraySync().entries())
          expect(value).toBeCloseTo(numbers[at] as number, 5);
      }
    }
  });

  test("tensors in plain fields are constants, and stay what they are", async () => {
    class Scaled extends SmallNet {
      readonly factors = tensor([1, 2, 3, 4]);
      protected override [CALL]([x]: [Tensor]): Tensor {
        return super[CALL]([x]).mul(this.factors);
      }
    }
    const scaled = new Scaled();
    const x = rand([2, 1, 6, 6]);
    const model = await exportOnnx(scaled, zeros([1, 1, 6, 6]));
    const { outputs } = await runModel(model, [x]);
    const wanted = scaled.evaluated(x).toTypedArraySync();
    outputs.output?.toTypedArraySync().forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] as number, 5);
    });
    expect([scaled.factors.device.name, scaled.factors.toListSync()]).toEqual(["cpu", [1, 2, 3, 4]]);
  });

  test("one that forward changes is refused: the file could not", async () => {
    const count = zeros([4]);
    const counts = plain((x) => (x as Tensor).add(count.add_((x as Tensor).sum(0))));
    await expect(exportOnnx(counts, zeros([1, 4]))).rejects.toThrow(
      "add_: a tensor of the cpu device is changed in place by what the tracing device computes. It is a constant there: use add()",
    );
    expect(count.toListSync()).toEqual([0, 0, 0, 0]);
  });

  test.each<[string, (x: Tensor) => unknown, string]>([
    [
      "a branch on the size",
      (x) => (x.size(0) > 1 ? x.add(1) : x),
      "computes other things for a batch of 1 than for larger ones (add less often)",
    ],
    [
      "a branch on the example's",
      (x) => (x.size(0) === 3 ? x.exp() : x),
      "for a batch of 3 than for larger ones (exp more often)",
    ],
    ["a squeeze of everything", (x) => x.squeeze(), "for a batch of 1 has the shape [4], and [1, 4] in the file"],
    ["a squeeze of the batch", (x) => x.squeeze(0), "for a batch of 1 has the shape [4], and [1, 4] in the file"],
    [
      "a failure",
      (x) => {
        if (x.size(0) === 1) throw new RangeError("one is too few");
        return x;
      },
      "forward fails for a batch of 1: one is too few",
    ],
  ])("%s is warned of", async (_, forward, message) => {
    const warnings: string[] = [];
    const restore = setWarningSink((warning) => warnings.push(warning));
    await exportOnnx(
      plain((x) => forward(x as Tensor)),
      zeros([3, 4]),
    );
    expect(warnings).toEqual([expect.stringContaining(message)]);
    expect(warnings[0]).toMatch(
      /^TracerWarning: exportOnnx: .*The file has for every batch what forward does for a large one/,
    );
    warnings.length = 0;
    await exportOnnx(
      plain((x) => forward(x as Tensor)),
      zeros([3, 4]),
      { dynamicBatch: false },
    );
    expect(warnings).toEqual([]);
    restore();
  });

  test.each<[string, Parameters<typeof plain>[0], string]>([
    [
      "numbers that are no multiple of it",
      (x) => (x as Tensor).mul(Math.sqrt((x as Tensor).length)),
      "exportOnnx: forward depends on the size of the batch: it makes numbers of it. Export for one size: { dynamicBatch: false }.",
    ],
    [
      "random numbers as many as it",
      (x) => (x as Tensor).add(rand([(x as Tensor).length, 2])),
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
