import { describe, expect, test } from "vitest";
import { KindlingError, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["a view of another size", () => zeros([2, 3]).view(4, 2), "shape '[4, 2]' is invalid for input of size 6"],
    [
      "a view with a size that does not divide",
      () => zeros([2, 3]).reshape(-1, 4),
      "shape '[-1, 4]' is invalid for input of size 6",
    ],
    ["two sizes to work out", () => zeros([2, 3]).view(-1, -1), "only one dimension can be inferred"],
    [
      "expand of a size that is not 1",
      () => zeros([2, 3]).expand(2, 4),
      "The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 1.  Target sizes: [2, 4].  Tensor sizes: [2, 3]",
    ],
    [
      "expand to fewer dimensions",
      () => zeros([2, 3]).expand(3),
      "the number of sizes provided (1) must be greater or equal to the number of dimensions in the tensor (2)",
    ],
    [
      "expand with -1 in front",
      () => zeros([2, 3]).expand(-1, 2, 3),
      "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension 0",
    ],
    [
      "a sum over a dimension that is not there",
      () => zeros([2, 2]).sum(4),
      "Dimension out of range (expected to be in range of [-2, 1], but got 4)",
    ],
    [
      "a sum over one dimension twice",
      () => zeros([2, 2]).sum([0, -2]),
      "dim 0 appears multiple times in the list of dims",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
