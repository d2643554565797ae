import { cpu, type Device, memory, scope, tensor } from "@kindling/core";
import { expect, test } from "vitest";
import * as nn from "../index.ts";

const { parametersToVector, vectorToParameters } = nn.utils;

function small(): nn.Linear {
  const net = new nn.Linear(2, 2);
  net.loadStateDict({
    weight: tensor([
      [1, 2],
      [3, 4],
    ]),
    bias: tensor([5, 6]),
  });
  return net;
}

test("the namespace has what the index has", () => {
  expect([nn.utils.clipGradNorm_, nn.utils.clipGradValue_]).toEqual([nn.clipGradNorm_, nn.clipGradValue_]);
});

test("all parameters are one vector, and gradients go back", () => {
  const net = small();
  const vector = parametersToVector(net.parameters());
  expect(vector.toListSync()).toEqual([1, 2, 3, 4, 5, 6]);
  vector
    .mul(tensor([1, 10, 100, 1000, 0, -1]))
    .sum()
    .backward();
  expect([net.weight.grad?.toListSync(), net.bias?.grad?.toListSync()]).toEqual([
    [
      [1, 10],
      [100, 1000],
    ],
    [0, -1],
  ]);
  expect(parametersToVector(net.weight).toListSync()).toEqual([1, 2, 3, 4]);
});

test("a vector goes into the parameters, which stay the same leaves; what is left of it is not used", () => {
  const net = small();
  const parameters = [...net.parameters()];
  vectorToParameters(tensor([9, 8, 7, 6, 5, 4, 3]), net.parameters());
  expect([...net.parameters()]).toEqual(parameters);
  expect([net.weight.toListSync(), net.bias?.toListSync()]).toEqual([
    [
      [9, 8],
      [7, 6],
    ],
    [5, 4],
  ]);
  expect([net.weight.isLeaf, net.weight.requiresGrad]).toEqual([true, true]);
});

test("it leaves nothing behind", () => {
  const net = small();
  const round = (): void => scope(() => vectorToParameters(parametersToVector(net.parameters()), net.parameters()));
  round(); // puts the parameters on the device
  const before = memory().tensors;
  round();
  expect(memory().tensors).toBe(before);
});

test("a vector that is too short changes nothing", () => {
  const net = small();
  expect(() => vectorToParameters(tensor([9, 9, 9, 9, 9]), net.parameters())).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: vectorToParameters: shape '[2]' is invalid for input of size 1: the vector has 5 elements. The parameters have more.]`,
  );
  expect(net.weight.toListSync()).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test.each<[string, () => unknown]>([
  ["expected torch.Tensor, but got: list. Pass", () => vectorToParameters([1] as never, small().parameters())],
  [
    "the vector must have one dimension: its shape is [1, 1]",
    () => vectorToParameters(tensor([[1]]), small().parameters()),
  ],
  ["parameters must be a Tensor or an iterable of Tensors: got a Linear", () => parametersToVector(small() as never)],
  ["parameters must be a Tensor or an iterable of Tensors: got 3", () => parametersToVector([3] as never)],
  ["expected a non-empty list of Tensors", () => parametersToVector([])],
])("%s", (message, call) => {
  expect(call).toThrow(message);
});

test("one device", () => {
  const far: Device = {
    ...cpu,
    name: "far",
    upload: cpu.upload.bind(cpu),
    run: cpu.run.bind(cpu),
    free: cpu.free.bind(cpu),
    download: cpu.download.bind(cpu),
  };
  const net = small();
  const away = tensor([1]).to(far);
  expect(() => parametersToVector([net.weight, away])).toThrow(
    "parametersToVector: Found two parameters on different devices, this is currently not supported: cpu and far. Move the module to one: net.to(device).",
  );
});
