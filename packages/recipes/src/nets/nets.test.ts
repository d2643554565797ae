import { manualSeed, rand } from "@kindling/core";
import { load, save } from "@kindling/safetensors";
import { describe, expect, test } from "vitest";
import { ACTIVATIONS, INITS, LAYERS } from "../config.ts";
import { ConvNet } from "./conv-net.ts";
import { inferForm } from "./infer-form.ts";
import { initialize } from "./initialize.ts";
import { makeNet } from "./make-net.ts";
import { Net } from "./net.ts";
import { Net2 } from "./net2.ts";

describe("Net and Net2", () => {
  test("print as the notes' do", () => {
    expect(String(new Net(784, 10, 128))).toMatchInlineSnapshot(`
      "Net(
        (l1): Linear(in_features=784, out_features=128, bias=True)
        (l2): Linear(in_features=128, out_features=10, bias=True)
        (relu): ReLU(inplace=True)
      )"
    `);
    expect(String(new Net2(784, 10, 128, { activation: "sigmoid" }))).toMatchInlineSnapshot(`
      "Net2(
        (l1): Linear(in_features=784, out_features=128, bias=True)
        (l2): Linear(in_features=128, out_features=128, bias=True)
        (l3): Linear(in_features=128, out_features=10, bias=True)
        (sigmoid): Sigmoid()
      )"
    `);
  });

  test("compute what they say", () => {
    const x = rand([3, 4]);
    const net = new Net2(4, 2, 5);
    const expected = net.l3(net.l2(net.l1(x).relu()).relu());
    expect(net(x).allclose(expected)).toBe(true);
    const smooth = new Net(4, 2, 5, { activation: "sigmoid" });
    expect(smooth(x).allclose(smooth.l2(smooth.l1(x).sigmoid()))).toBe(true);
  });
});

describe("ConvNet", () => {
  test("prints as PyTorch's example, and takes images", () => {
    const net = new ConvNet(10);
    expect(String(net)).toMatchInlineSnapshot(`
      "ConvNet(
        (conv1): Conv2d(1, 32, kernel_size=(3, 3), stride=(1, 1))
        (conv2): Conv2d(32, 64, kernel_size=(3, 3), stride=(1, 1))
        (dropout1): Dropout(p=0.25, inplace=False)
        (dropout2): Dropout(p=0.5, inplace=False)
        (fc1): Linear(in_features=9216, out_features=128, bias=True)
        (fc2): Linear(in_features=128, out_features=10, bias=True)
      )"
    `);
    expect(net(rand([2, 1, 28, 28])).shape).toEqual([2, 10]);
    expect(Object.keys(net.stateDict())).toEqual(
      ["conv1", "conv2", "fc1", "fc2"].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]),
    );
  });

  test("drops in training only, and nothing where it is told so", () => {
    const x = rand([2, 1, 28, 28]);
    const twice = (net: ConvNet) => [net(x), net(x)].map((y) => JSON.stringify(y.toListSync()));
    expect(new Set(twice(new ConvNet(3))).size).toBe(2);
    expect(new Set(twice(new ConvNet(3, { dropout: false }))).size).toBe(1);
    expect(new Set(twice(new ConvNet(3).eval())).size).toBe(1);
  });
});

describe("inferForm", () => {
  test("reads sizes and layers off the weights", async () => {
    for (const layers of LAYERS) {
      const form = { input: 6, output: 3, hidden: 4, layers } as const;
      const net = makeNet({ ...form, activation: "relu" });
      expect(inferForm(load(await save(net.stateDict())))).toEqual({ model: "mlp", ...form });
    }
  });

  test("knows a ConvNet", () => {
    expect(inferForm(new ConvNet(3).stateDict())).toEqual({ model: "cnn", output: 3 });
    const net = makeNet({ model: "cnn", output: 3 });
    expect(net).toBeInstanceOf(ConvNet);
    expect(net.inputSize).toEqual([1, 28, 28]);
  });

  test("refuses other networks", () => {
    const { "l1.bias": _, ...rest } = new Net(4, 2, 3).stateDict();
    expect(() => inferForm(rest)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: inferForm: these are not the weights of Net (l1, l2), Net2 (l1, l2, l3) or ConvNet (conv1, conv2, fc1, fc2): l1.weight [3, 4], l2.weight [2, 3], l2.bias [2]. Give the model.safetensors of a run of \`kindling train\`.]`,
    );
    expect(() => inferForm({})).toThrow("these are not the weights of Net (l1, l2), Net2 (l1, l2, l3) or ConvNet");
  });
});

describe("initialize", () => {
  const drawn = (how: (typeof INITS)[number]) => {
    manualSeed(1);
    const net = new Net(4, 2, 3);
    initialize(net, how);
    return { weight: net.l1.weight.toListSync(), bias: net.l2.bias?.toListSync() };
  };

  test("every way", () => {
    expect(drawn("ones")).toEqual({ weight: Array(3).fill(Array(4).fill(1)), bias: [1, 1] });
    expect(drawn("zeros")).toEqual({ weight: Array(3).fill(Array(4).fill(0)), bias: [0, 0] });
    expect(drawn("xavier").bias).toEqual([0, 0]);
    expect(drawn("kaiming").bias).toEqual([0, 0]);
    expect(new Set(INITS.map((how) => JSON.stringify(drawn(how)))).size).toBe(INITS.length);
  });

  test("goes with every activation", () => {
    for (const activation of ACTIVATIONS) {
      const net = makeNet({ input: 4, output: 2, hidden: 3, layers: 2, activation });
      initialize(net, "kaiming");
      expect(net(rand([1, 4])).shape).toEqual([1, 2]);
    }
  });
});
