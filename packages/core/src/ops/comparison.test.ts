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

test("beside bytes a number is a byte, as in PyTorch", () => {
  const x = tensor([0, 1, 255], { dtype: "uint8" });
  expect(x.gt(-1).toListSync()).toEqual([false, false, false]);
  expect(x.eq(256).toListSync()).toEqual([true, false, false]);
  expect(x.gt(-1.5).toListSync()).toEqual([true, true, true]);
  expect(x.gt(tensor(-1, { dtype: "int64" })).toListSync()).toEqual([false, false, false]);
  expect(x.gt(tensor([-1], { dtype: "int64" })).toListSync()).toEqual([true, true, true]);
  expect(x.remainder(300).toListSync()).toEqual([0, 1, 35]);
  expect(x.maximum(tensor(-1, { dtype: "int64" })).toListSync()).toEqual([255, 255, 255]);
  expect(x.clamp(-1, 300).toListSync()).toEqual([0, 1, 255]);
  expect(() => x.remainder(256)).toThrow("ZeroDivisionError");
  expect(() => x.pow(300)).toThrow("value cannot be converted to type uint8_t without overflow");
});

test("booleans stand for 0 and 1 beside whole numbers", () => {
  const mask = tensor([true, false]);
  expect(where(mask, false as never, 2).toListSync()).toEqual([0, 2]);
  expect(where(mask, -6, true as never).toListSync()).toEqual([-6, 1]);
});
