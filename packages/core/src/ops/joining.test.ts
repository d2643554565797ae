import { describe, expect, test } from "vitest";
import { cat, KindlingError, stack, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "cat of other sizes",
      () => cat([zeros([2, 3]), zeros([3, 2])]),
      "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 2 for tensor number 1 in the list.",
    ],
    [
      "cat of other dimensions",
      () => cat([zeros([2, 3]), zeros([2])]),
      "Tensors must have same number of dimensions: got 2 and 1",
    ],
    ["cat of nothing", () => cat([]), "expected a non-empty list of Tensors"],
    [
      "cat of scalars",
      () => cat([zeros([]), zeros([])]),
      "zero-dimensional tensor (at position 0) cannot be concatenated",
    ],
    [
      "cat along a dimension that is not there",
      () => cat([zeros([2, 3]), zeros([2, 3])], 2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "stack of other sizes",
      () => stack([zeros([1, 28]), zeros([1, 32])]),
      "stack expects each tensor to be equal size, but got [1, 28] at entry 0 and [1, 32] at entry 1",
    ],
    ["stack of nothing", () => stack([]), "stack expects a non-empty TensorList"],
    [
      "stack along a dimension that is not there",
      () => stack([zeros([2])], 3),
      "Dimension out of range (expected to be in range of [-2, 1], but got 3)",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
