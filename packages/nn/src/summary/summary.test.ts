import { manualSeed, memory, rand, type Shape, type Tensor, tensor, zeros } from "@kindling/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Linear, Module, ReLU, Sequential, summary } from "../index.ts";
import golden from "../summary.golden.json" with { type: "json" };
import { Branches, Deep, flat, images, Net, Net2, Twice, words } from "../testing/sample-nets.ts";
import type { SummaryOptions } from "./summary.ts";

const NETS: Record<string, () => Module> = {
  "new Net(784, 10, 128)": () => new Net(784, 10, 128),
  "new Net2(784, 10, 128)": () => new Net2(784, 10, 128),
  flat,
  images,
  words,
  frozen() {
    const net = new Net(784, 10, 128);
    net.l1.requiresGrad_(false);
    return net;
  },
  "half frozen"() {
    const net = new Net(784, 10, 128);
    net.l1.weight.requiresGrad_(false);
    return net;
  },
  "new Twice()": () => new Twice(),
  "new Branches()": () => new Branches(),
  "new Linear(784, 10)": () => new Linear(784, 10),
  "new ReLU()": () => new ReLU(),
  "new Sequential()": () => new Sequential(),
  "new Linear(20000, 20000)": () => new Linear(20000, 20000),
};

const make = (name: string): Module => (NETS[name] as () => Module)();

// The last one draws 400 million numbers for a table that needs none of them.
const cases = golden.cases.filter(({ net }) => !net.includes("20000"));

afterEach(() => vi.restoreAllMocks());

describe("summary prints torchinfo's table", () => {
  test.each(cases.map((row) => [row.net, row.inputSize, row.options, row.text] as const))(
    "%s %j %j",
    (net, inputSize, options, text) => {
      expect(summary(make(net), inputSize as Shape | null, options as SummaryOptions).toString()).toBe(text);
    },
  );
});

describe("lists, shared layers and depths are shown as torchinfo shows them", () => {
  const rows = (options: SummaryOptions, size: Shape | null = [2, 8]): string[] =>
    summary(new Deep(), size, options).toString().split("\n").slice(1, -7);

  // What torchinfo 1.8.0 printed for the same network.
  test("a list that is not called itself is entered, by torchinfo's way of counting", () => {
    expect(rows({}).join("\n")).toContain(`
Deep                                          [2, 8]                    12
├─ModuleList: 1-3                             --                        (recursive)
│    └─Block: 2-1                             [2, 8]                    8
│    │    └─Sequential: 3-1                   [2, 8]                    216
├─Linear: 1-2                                 [2, 8]                    72
├─ModuleList: 1-3                             --                        (recursive)
│    └─Block: 2-2                             [2, 8]                    8
│    │    └─Sequential: 3-2                   [2, 8]                    (216)
├─Linear: 1-4                                 [2, 8]                    (recursive)
===============================================================================================
Total params: 532
Trainable params: 308
Non-trainable params: 224`);
  });

  test("plain characters, and nothing twice", () => {
    const options = { depth: 2, batchDim: 0, rowSettings: ["ascii_only", "hide_recursive_layers"] } as const;
    expect(rows(options, [8]).slice(0, 8).join("\n")).toBe(
      `Layer (type)                             Output Shape              Param #
==========================================================================================
Deep                                     [1, 8]                    12
|    + Block                             [1, 8]                    224
+ Linear                                 [1, 8]                    72
|    + Block                             [1, 8]                    (224)
==========================================================================================
Total params: 532`,
    );
  });
});

describe("summary refuses what torchinfo refuses", () => {
  test.each(golden.errors.map((row) => [row.net, row.message, row] as const))("%s: %s", (net, message, row) => {
    const options = (row.options ?? {}) as SummaryOptions;
    expect(() => summary(make(net), row.inputSize, options)).toThrow(message);
  });

  test.each<[string, () => unknown]>([
    [
      "Only one of (input_data, input_size) should be specified.",
      () => summary(flat(), [1, 784], { inputData: zeros([1]) }),
    ],
    ["Input_data is invalid, or negative size found in input_data.", () => summary(flat(), [1, -784])],
    ["Input_data is invalid, or negative size found in input_data.", () => summary(flat(), [])],
    ["Column width must be greater than 0: col_width=0", () => summary(flat(), null, { colWidth: 0 })],
    [
      "Verbose must be either 0 (quiet), 1 (default), or 2 (verbose).",
      () => summary(flat(), null, { verbose: 3 as 2 }),
    ],
    [
      "You must pass input_data or input_size in order to use columns: {'output_size'}",
      () => summary(flat(), null, { colNames: ["output_size"] }),
    ],
    [
      "got an unexpected keyword argument 'col_names'",
      () => summary(flat(), null, { col_names: [] } as SummaryOptions),
    ],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });

  test("the error of the forward pass is told, and is the cause", () => {
    try {
      summary(new Net(784, 10, 128), [64, 100]);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).toContain("mat1 and mat2 shapes cannot be multiplied (64x100 and 784x128)");
      expect((error as Error).cause).toBeInstanceOf(Error);
    }
  });
});

test("a summary leaves nothing behind: mode, hooks, random numbers, memory", () => {
  const net = flat();
  net.at(3).eval();
  manualSeed(3);
  const expected = rand([2]).toListSync();
  summary(net, [2, 784]);
  const before = memory().tensors;
  manualSeed(3);
  summary(net, [2, 784]);
  expect(rand([2]).toListSync()).toEqual(expected);
  expect(memory().tensors).toBe(before);
  expect([...net.modules()].map(({ training }) => training)).toEqual([true, true, true, true, false, true]);
  expect(Object.hasOwn(net, "forward")).toBe(false);
});

test("inputs of one's own, several, and integers", () => {
  expect(summary(new Linear(3, 2), null, { inputData: tensor([[1, 2, 3]]) }).totalMultAdds).toBe(8);
  class First extends Module {
    forward(x: Tensor, labels: Tensor): Tensor {
      expect(labels.dtype).toBe("int64");
      return x.relu();
    }
  }
  const { layers } = summary(new First(), [[2, 3], [4]], { dtypes: ["float32", "int64"] });
  expect(layers[0]?.inputSize).toEqual([2, 3]);
});

test("verbose prints, with single parameters at 2", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  summary(new Linear(3, 2), [1, 3], { verbose: 1 });
  summary(new Sequential(new Linear(3, 2)), [1, 3], { verbose: 2 });
  expect(log).toHaveBeenCalledTimes(2);
  expect(log.mock.calls[1]?.[0]).toContain(
    `├─Linear: 1-1                            [1, 2]                    8
│    └─weight                                                      ├─6
│    └─bias                                                        └─2
`,
  );
});

test("what is no network and no size", () => {
  const net = new Linear(3, 2);
  expect(() => summary(net, { inputSize: [1, 3] } as never)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: summary: summary(): argument 'input_size' (position 2) must be tuple of ints, not Object. Give the size of the input, with the batch: [64, 784]. What is not asked for is null: summary(net, null, { depth: 1 }).]`,
  );
  expect(() => summary([1, 3] as never, [1, 3])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: summary: summary() takes a Module: got [1, 3]. Write summary(net, [1, 784]).]`,
  );
});
