import { isTensor, type Tensor, tensor, ValueError } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { type Optimizer, SGD, StepLR } from "./index.ts";
import { makeOptimizer } from "./testing/by-name.ts";
import { optimizerCases } from "./testing/optimizer-cases.ts";

function parameter(): Tensor {
  const p = tensor([1, -2, 3], { requiresGrad: true });
  p.mul(p).sum().backward();
  return p;
}

describe.each(Object.keys(optimizerCases))("%s with a tensor as its learning rate", (name) => {
  const make = (p: Tensor, lr: Tensor | number) => makeOptimizer(name, [p], { lr }) as Optimizer<{ lr: number }>;

  test("steps as with the number", () => {
    const [a, b] = [parameter(), parameter()];
    const [live, plain] = [make(a, tensor(0.1)), make(b, Math.fround(0.1))];
    for (let step = 0; step < 3; step++) for (const each of [live, plain]) each.step();
    expect(a.toListSync()).toEqual(b.toListSync());
    expect(live.toString()).toBe(plain.toString());
    expect(live.stateDict().param_groups).toEqual(plain.stateDict().param_groups);
  });

  test("follows the tensor, and the tensor follows it", () => {
    const lr = tensor([0.5]);
    const optimizer = make(parameter(), lr);
    const [group] = optimizer.paramGroups;
    lr.mul_(0.5);
    expect(group.lr).toBe(0.25);
    group.lr = 0.125;
    expect(lr.toListSync()).toEqual([0.125]);
    const copy = { ...group };
    lr.fill_(1);
    expect(copy.lr).toBe(0.125);
    expect(optimizer.stateDict().param_groups[0]?.lr).toBe(1);
  });

  test("is refused where PyTorch refuses it", () => {
    expect(() => make(parameter(), tensor([0.1, 0.2]))).toThrow(ValueError);
    expect(() => make(parameter(), tensor([0.1, 0.2]))).toThrow("Tensor lr must be 1-element");
    const group = { params: [parameter()], lr: tensor([0.1, 0.2]) };
    expect(() => make(parameter(), 0.1).addParamGroup(group)).toThrow("Tensor lr must be 1-element");
    expect(() => make(parameter(), tensor(-1))).toThrow("Invalid learning rate: -1");
  });
});

test("groups share the default's tensor, as in PyTorch, unless they have their own", () => {
  const [lr, own] = [tensor(0.5), tensor(2)];
  const groups = [{ params: parameter() }, { params: parameter(), lr: own }, { params: parameter(), lr: 0.25 }];
  const optimizer = new SGD(groups, { lr });
  lr.fill_(1);
  own.fill_(4);
  expect(optimizer.paramGroups.map((group) => group.lr)).toEqual([1, 4, 0.25]);
  expect(optimizer.defaults.lr).toBe(1);
});

test("a scheduler fills the tensor", () => {
  const lr = tensor(1);
  const optimizer = new SGD([parameter()], { lr });
  const scheduler = new StepLR(optimizer, 1, { gamma: 0.5 });
  for (let epoch = 0; epoch < 2; epoch++) {
    optimizer.step();
    scheduler.step();
  }
  expect(lr.itemSync()).toBe(0.25);
  expect(scheduler.getLastLr()).toEqual([0.25]);
});

test("a loaded learning rate goes into the tensor", () => {
  const lr = tensor(1);
  const [from, to] = [new SGD([parameter()], { lr: 0.5 }), new SGD([parameter()], { lr })];
  to.loadStateDict(from.stateDict());
  expect(lr.itemSync()).toBe(0.5);
  expect(to.paramGroups[0].lr).toBe(0.5);
  expect(Object.values(to.paramGroups[0]).some(isTensor)).toBe(false);
});
