import { describe, expect, test } from "vitest";
import * as nn from "../index.ts";

/** As plain JavaScript calls. */
const untyped = (value: unknown): never => value as never;

describe("required sizes", () => {
  test.each<[string, () => unknown]>([
    ["Linear", () => new nn.Linear(untyped("3"), 2)],
    ["Linear", () => new nn.Linear(3, untyped(undefined))],
    ["Linear", () => new nn.Linear(2.5, 2)],
    ["Conv1d", () => new nn.Conv1d(1, 2, untyped(undefined))],
    ["Conv2d", () => new nn.Conv2d(1, untyped("2"), 3)],
    ["Conv2d", () => new nn.Conv2d(1, 2, [3, 2.5])],
    ["ConvTranspose2d", () => new nn.ConvTranspose2d(untyped({ inChannels: 1 }), 2, 3)],
    ["Embedding", () => new nn.Embedding(untyped(null), 2)],
    ["BatchNorm1d", () => new nn.BatchNorm1d(untyped("3"))],
    ["BatchNorm2d", () => new nn.BatchNorm2d(untyped({ numFeatures: 3 }))],
    ["GroupNorm", () => new nn.GroupNorm(untyped("2"), 4)],
    ["LayerNorm", () => new nn.LayerNorm(untyped("4"))],
    ["MaxPool2d", () => new nn.MaxPool2d(untyped({ kernelSize: 2 }))],
    ["AvgPool2d", () => new nn.AvgPool2d(untyped("2"))],
    ["AdaptiveAvgPool2d", () => new nn.AdaptiveAvgPool2d(untyped("2"))],
    ["AdaptiveAvgPool2d", () => new nn.AdaptiveAvgPool2d([null, 1.5])],
  ])("of %s are whole numbers", (name, make) => {
    expect(make).toThrow(`ValueError: ${name}: `.slice("ValueError: ".length));
    expect(make).toThrow(/ must be a whole number: got .*\. Write new /);
  });

  test("and the message shows the call that was meant", () => {
    expect(() => new nn.Linear(untyped("3"), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Linear: inFeatures must be a whole number: got "3". Write new Linear(3, 2).]`,
    );
    expect(() => Reflect.construct(nn.Linear, [{ inFeatures: 3 }])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Linear: inFeatures must be a whole number: got an object. Write new Linear(3, outFeatures).]`,
    );
    expect(() => Reflect.construct(nn.Linear, [{ in_features: 3, out_features: 2, bias: false }])).toThrow(
      "Write new Linear(3, 2, { bias: false }).",
    );
  });

  test("layers without any take sizes as before", () => {
    expect(new nn.AdaptiveAvgPool2d([null, 2]).outputSize).toEqual([null, 2]);
    expect(new nn.Linear(0, 2).inFeatures).toBe(0);
    expect(() => new nn.Flatten(untyped({ startDim: 1 }))).toThrow("Write new Flatten(1, -1).");
  });
});

describe("a module", () => {
  const net = new nn.Sequential(new nn.Linear(3, 2));

  test("is moved to a device, not to a name", () => {
    expect(() => net.to(untyped("cuda"))).toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: to: a device is an object, not a name: got "cuda". A GPU is reached through device("webgpu") or device("webgl") in a page, and through device("tensorflow") with CUDA, or device("webgpu"), in Node. net.to(await device("auto")) takes the fastest device that starts; device is exported by @kindling/backends.]`,
    );
    expect(() => net.to(untyped(Promise.resolve()))).toThrow("device() is asynchronous");
    expect(() => new nn.Linear(3, 2, { device: untyped("wasm") })).toThrow('net.to(await device("wasm"))');
  });

  test("has PyTorch's names in camelCase", () => {
    const call = (name: string): unknown => (net as unknown as Record<string, () => unknown>)[name]?.();
    expect(() => call("zero_grad")).toThrow("Write zeroGrad().");
    expect(() => call("state_dict")).toThrow("Write stateDict().");
    expect(() => call("cuda")).toThrow('Write net.to(await device("auto"))');
    expect(() => call("backward")).toThrow("Write loss.backward()");
  });

  test("is no JSON, its state dict is", () => {
    expect(() => JSON.stringify({ net })).toThrow(
      "Object of type Sequential is not JSON serializable. Write save(net.stateDict())",
    );
    expect(Object.keys(JSON.parse(JSON.stringify(net.stateDict())))).toEqual(["0.weight", "0.bias"]);
    expect(JSON.stringify(new nn.Parameter(net.getParameter("0.bias")))).toMatch(/^\[-?\d/);
  });

  test.each([
    ["Linear", new nn.Linear(3, 2)],
    ["Flatten", new nn.Flatten()],
    ["BatchNorm1d", new nn.BatchNorm1d(2)],
    ["ReLU", new nn.ReLU()],
    ["Sequential", net],
  ])("%s takes tensors", (_, layer) => {
    for (const wrong of [[1, 2, 3], undefined, "abc"]) {
      expect(() => layer(untyped(wrong))).toThrow(
        /argument 'input' \(position 1\) must be Tensor, not (list|NoneType|str)/,
      );
    }
  });
});
