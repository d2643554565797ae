import { manualSeed, rand } from "@kindling/core";
import { load, save } from "@kindling/safetensors";
import { describe, expect, test } from "vitest";
import { ACTIVATIONS, INITS, LAYERS } from "../config.ts";
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
    const expected = net.l3.forward(net.l2.forward(net.l1.forward(x).relu()).relu());
    expect(net.forward(x).allclose(expected)).toBe(true);
    const smooth = new Net(4, 2, 5, { activation: "sigmoid" });
    expect(smooth.forward(x).allclose(smooth.l2.forward(smooth.l1.forward(x).sigmoid()))).toBe(true);
  });
});

describe("inferForm", () => {
  test("reads sizes and layers off the weights", async () => {
    for (const layers of LAYERS) {
      const form = { input: 6, output: 3, hidden: 4, layers };
      const net = makeNet({ ...form, activation: "relu" });
      expect(inferForm(load(await save(net.stateDict())))).toEqual(form);
    }
  });

  test("refuses other networks", () => {
    const { "l1.bias": _, ...rest } = new Net(4, 2, 3).stateDict();
    expect(() => inferForm(rest)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: inferForm: these are not the weights of Net (l1, l2) or Net2 (l1, l2, l3): l1.weight [3, 4], l2.weight [2, 3], l2.bias [2]. Give the model.safetensors of a run of \`kindling train\`.]`,
    );
    expect(() => inferForm({})).toThrow("these are not the weights of Net (l1, l2) or Net2 (l1, l2, l3)");
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
      expect(net.forward(rand([1, 4])).shape).toEqual([1, 2]);
    }
  });
});
