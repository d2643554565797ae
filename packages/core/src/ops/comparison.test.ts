import { describe, expect, test } from "vitest";
import { KindlingError, tensor, where, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "a condition that is no bool",
      () => where(tensor([1]), 1, 2),
      "where expected condition to be a boolean tensor, but got a tensor with dtype Float",
    ],
    [
      "a mask that is no bool",
      () => zeros([2]).maskedFill(zeros([2]), 1),
      "masked_fill_ only supports boolean masks, but got mask with dtype float",
    ],
    [
      "a mask that does not broadcast",
      () => zeros([2]).maskedFill(tensor([true, false, true]), 1),
      "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0",
    ],
    [
      "shapes that do not broadcast",
      () => zeros([2]).eq(zeros([3])),
      "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
    ],
    [
      "shapes of a logical op that do not broadcast",
      () => tensor([true, true]).logicalAnd(tensor([true, true, true])),
      "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});
