import { ones, type Tensor, tensor } from "@kindling/core";
import { expect, test } from "vitest";
import { Linear, Module, ReLU, Sequential } from "./index.ts";

const relu = (layer: ReLU, values: number[]): unknown => layer(tensor(values)).toListSync();

test("hooks see inputs and output of each call, in the order of registration", () => {
  const layer = new ReLU();
  const seen: unknown[] = [];
  layer.registerForwardPreHook((module, [x]) => {
    seen.push("pre", module === layer, x?.toListSync());
  });
  layer.registerForwardHook((_, [x], output) => {
    seen.push("post", x?.toListSync(), output.toListSync());
  });
  layer.registerForwardHook(() => {
    seen.push("second");
  });
  expect(relu(layer, [-1, 2])).toEqual([0, 2]);
  expect(seen).toEqual(["pre", true, [-1, 2], "post", [-1, 2], [0, 2], "second"]);
});

test("what a hook returns takes the place of inputs or output", () => {
  const layer = new ReLU();
  layer.registerForwardPreHook((_, [x]) => (x as Tensor).neg());
  layer.registerForwardPreHook((_, [x]) => [(x as Tensor).mul(2)]);
  layer.registerForwardHook((_, __, output) => output.add(1));
  expect(relu(layer, [-1, 2])).toEqual([3, 1]);
});

test("hooks are taken away in any order, and then the module is called as before", () => {
  const layer = new ReLU();
  const hooks = [1, 10, 100].map((n) => layer.registerForwardHook((_, __, y) => y.add(n)));
  hooks[1]?.remove();
  expect(relu(layer, [0])).toEqual([101]);
  hooks[0]?.remove();
  hooks[0]?.remove();
  hooks[2]?.remove();
  expect(relu(layer, [0])).toEqual([0]);
});

test("forward, called by its name, runs no hooks of its module, and those of the layers that it calls", () => {
  const inner = new ReLU();
  const net = new Sequential(inner);
  const seen: string[] = [];
  net.registerForwardPreHook(() => void seen.push("net"));
  net.registerForwardHook(() => void seen.push("net"));
  inner.registerForwardHook(() => void seen.push("inner"));
  net.forward(tensor([1]));
  expect(seen).toEqual(["inner"]);
});

test("hooks run around a forward that the instance has got", () => {
  class Arrow extends Module {
    override forward = (x: Tensor): Tensor => x.mul(3);
  }
  const module = new Arrow();
  module.registerForwardHook((_, __, y) => y.add(1));
  expect(module(tensor([1])).toListSync()).toEqual([4]);
  module.forward = (x) => x.mul(5);
  expect(module(tensor([1])).toListSync()).toEqual([6]);
});

test("a hook of one module is not run by another of its class", () => {
  const [one, other] = [new ReLU(), new ReLU()];
  one.registerForwardHook((_, __, y) => y.add(1));
  expect([relu(one, [0]), relu(other, [0])]).toEqual([[1], [0]]);
});

test("hooks run inside containers, and are no part of the registry", () => {
  const inner = new Linear(2, 1);
  const net = new Sequential(inner);
  let calls = 0;
  inner.registerForwardHook(() => {
    calls += 1;
  });
  net(ones([1, 2]));
  expect(calls).toBe(1);
  expect(Object.keys(inner)).not.toContain("forward");
  expect(String(net)).toContain("Linear(in_features=2");
});

test("a hook is a function", () => {
  expect(() => new ReLU().registerForwardHook(3 as never)).toThrow(
    "registerForwardHook: a hook is a function: got number.",
  );
  expect(() => new ReLU().registerForwardPreHook("x" as never)).toThrow("a hook is a function: got string.");
});
