import { expect, test } from "vitest";
import { adaptiveAvgPool2d, avgPool2d, maxPool2d, type Tensor, zeros } from "../../index.ts";

test.each<readonly [string, (x: Tensor) => Tensor]>([
  ["maxPool2d", (x) => maxPool2d(x, 2)],
  ["maxPool2d, with indices", (x) => maxPool2d(x, 2, { returnIndices: true }).values],
  ["avgPool2d", (x) => avgPool2d(x, 2)],
  ["adaptiveAvgPool2d", (x) => adaptiveAvgPool2d(x, 2)],
])("%s of an empty batch has a gradient without elements", (_, pool) => {
  const x = zeros([0, 1, 4, 4]).requiresGrad_();
  const y = pool(x);
  expect([y.shape, y.dtype, y.requiresGrad]).toEqual([[0, 1, 2, 2], "float32", true]);
  y.sum().backward();
  expect(x.grad?.shape).toEqual([0, 1, 4, 4]);
});
