import { expect, test } from "vitest";
import { adaptiveAvgPool2d, avgPool2d, maxPool2d, type Tensor, tensor, zeros } from "../../index.ts";

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

test("maxPool2d keeps whole numbers above 2^24, and counts those as small as the padding", () => {
  const large = tensor([[[2 ** 24 + 1, 2 ** 24, 2 ** 31 - 1, -(2 ** 31)]]], { dtype: "int64" }).reshape([1, 2, 2]);
  expect(maxPool2d(large, [1, 2]).toListSync()).toEqual([[[2 ** 24 + 1], [2 ** 31 - 1]]]);
  const least = zeros([1, 2, 2], { dtype: "int64" })
    .sub(2 ** 31 - 1)
    .sub(1);
  const { values, indices } = maxPool2d(least, 2, { padding: 1, returnIndices: true });
  expect(values.toListSync()).toEqual(least.toListSync());
  expect(indices.toListSync()).toEqual([
    [
      [0, 1],
      [2, 3],
    ],
  ]);
  const lowest = tensor([[[0, 0]]]).sub(Number.POSITIVE_INFINITY);
  const dilated = maxPool2d(lowest, [1, 2], { padding: [0, 1], dilation: [1, 2], stride: 1, returnIndices: true });
  expect(dilated.indices.toListSync()).toEqual([[[1, 0]]]);
});
