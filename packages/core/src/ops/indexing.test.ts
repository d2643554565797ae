import { describe, expect, test } from "vitest";
import { KindlingError, ones, tensor, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "gather with a larger index",
      () => zeros([2, 3]).gather(1, zeros([3, 4], { dtype: "int64" })),
      "Size does not match at dimension 0 expected index [3, 4] to be no larger than self [2, 3] apart from dimension 1",
    ],
    [
      "gather of other dimensions",
      () => zeros([2, 3]).gather(1, zeros([1], { dtype: "int64" })),
      "Index tensor must have the same number of dimensions as input tensor",
    ],
    ["gather by floats", () => zeros([2]).gather(0, zeros([2])), "gather(): Expected dtype int32/int64 for index"],
    [
      "gather past the end",
      () => zeros([2, 3]).gather(1, tensor([[5]], { dtype: "int64" })),
      "index 5 is out of bounds for dimension 1 with size 3",
    ],
    [
      "gather before the start",
      () => zeros([2, 3]).gather(1, tensor([[-1]], { dtype: "int64" })),
      "index -1 is out of bounds for dimension 1 with size 3",
    ],
    [
      "gather along a dimension that is not there",
      () => zeros([2, 3]).gather(2, tensor([[0]], { dtype: "int64" })),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "indexSelect past the end",
      () => zeros([3]).indexSelect(0, tensor([7], { dtype: "int64" })),
      "index out of range in self",
    ],
    [
      "indexSelect before the start",
      () => zeros([3]).indexSelect(0, tensor([-1], { dtype: "int64" })),
      "index out of range in self",
    ],
    [
      "indexSelect by a matrix",
      () => zeros([2, 3]).indexSelect(0, tensor([[0]], { dtype: "int64" })),
      "index_select(): Index is supposed to be a vector",
    ],
    [
      "indexSelect by floats",
      () => zeros([2, 3]).indexSelect(0, zeros([1])),
      "index_select(): Expected dtype int32 or int64 for index",
    ],
    [
      "maskedSelect by numbers",
      () => zeros([3]).maskedSelect(ones([3])),
      "masked_select: expected BoolTensor for mask",
    ],
    [
      "maskedSelect by another shape",
      () => zeros([2, 3]).maskedSelect(tensor([true, false])),
      "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
