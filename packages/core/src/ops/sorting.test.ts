import { describe, expect, test } from "vitest";
import { KindlingError, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["topk of more than there are", () => zeros([3]).topk(4), "selected index k out of range"],
    ["topk of a negative number", () => zeros([3]).topk(-1), "selected index k out of range"],
    [
      "sort along a dimension that is not there",
      () => zeros([2, 3]).sort(2),
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    ],
    [
      "argsort along a dimension that is not there",
      () => zeros([2, 3]).argsort(-3),
      "Dimension out of range (expected to be in range of [-2, 1], but got -3)",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
