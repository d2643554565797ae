import { describe, expect, test } from "vitest";
import { KindlingError, tensor, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "mean of whole numbers",
      () => zeros([3], { dtype: "int64" }).mean(),
      "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long",
    ],
    ["var of bools", () => tensor([true]).var(), "std and var only support floating point and complex dtypes"],
    [
      "max of nothing",
      () => zeros([0]).max(),
      "max(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
    ],
    [
      "argmax of nothing",
      () => zeros([0]).argmax(),
      "argmax(): Expected reduction dim to be specified for input.numel() == 0.",
    ],
    [
      "max along an empty dimension",
      () => zeros([0, 2]).max(0),
      "max(): Expected reduction dim 0 to have non-zero size.",
    ],
    [
      "argmin along an empty dimension",
      () => zeros([0, 2]).argmin(0),
      "argmin(): Expected reduction dim 0 to have non-zero size.",
    ],
    [
      "max along a dimension that is not there",
      () => zeros([2, 3]).max(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "norm along a dimension that is not there",
      () => zeros([2, 3]).norm(2, 3),
      "Dimension out of range (expected to be in range of [-2, 1], but got 3)",
    ],
    [
      "cumsum along a dimension that is not there",
      () => zeros([2, 3]).cumsum(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "prod along a dimension that is not there",
      () => zeros([2, 3]).prod(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "any along a dimension that is not there",
      () => zeros([2, 3]).any(-3),
      "Dimension out of range (expected to be in range of [-2, 1], but got -3)",
    ],
    [
      "a scalar's second dimension",
      () => tensor(1).amax(1),
      "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});

test("var and std take unbiased, PyTorch's older name for a correction of 1 or 0", () => {
  const x = tensor([1, 2, 3, 4]);
  expect(x.var({ unbiased: false }).itemSync()).toBe(1.25);
  expect(x.std({ unbiased: true }).itemSync()).toBe(x.std().itemSync());
  expect(() => x.var({ unbiased: true, correction: 0 })).toThrow("var() takes correction or unbiased, not both");
});
