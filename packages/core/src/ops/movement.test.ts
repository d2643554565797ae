import { describe, expect, test } from "vitest";
import { KindlingError, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["t of three dimensions", () => zeros([2, 2, 2]).t(), "t() expects a tensor with <= 2 dimensions, but self is 3D"],
    [
      "permute with too few",
      () => zeros([2, 3]).permute(0),
      "number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = 2 is not equal to len(dims) = 1",
    ],
    ["permute with one twice", () => zeros([2, 3]).permute(0, 0), "permute(): duplicate dims are not allowed."],
    [
      "transpose of a dimension that is not there",
      () => zeros([2, 3]).transpose(0, 2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "squeeze of one that is not there",
      () => zeros([2, 3]).squeeze(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "unsqueeze too far",
      () => zeros([2, 3]).unsqueeze(3),
      "Dimension out of range (expected to be in range of [-3, 2], but got 3)",
    ],
    ["flip of one twice", () => zeros([2, 3]).flip(0, 0), "dim 0 appears multiple times in the list of dims"],
    [
      "flip of one that is not there",
      () => zeros([2, 3]).flip(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "flatten backwards",
      () => zeros([2, 3]).flatten(1, 0),
      "flatten() has invalid args: start_dim cannot come after end_dim",
    ],
    [
      "unflatten to another size",
      () => zeros([2, 3]).unflatten(1, [2, 2]),
      "unflatten: Provided sizes [2, 2] don't multiply up to the size of dim 1 (3) in the input tensor",
    ],
    [
      "repeat of too few",
      () => zeros([2, 3]).repeat(2),
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
    ],
    [
      "repeat a negative number of times",
      () => zeros([2, 3]).repeat(2, -1),
      "Trying to create tensor with negative dimension -3: [4, -3]",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
