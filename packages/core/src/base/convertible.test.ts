import { describe, expect, test } from "vitest";
import { type DType, full, tensor, zeros } from "../index.ts";

describe("numbers that a dtype cannot hold", () => {
  test.each<[DType, number]>([
    ["int32", 3e9],
    ["int32", 2 ** 31],
    ["int32", -(2 ** 31) - 1],
    ["int32", -(2 ** 31) - 0.5],
    ["int32", Number.NaN],
    ["int32", Number.POSITIVE_INFINITY],
    ["uint8", 256],
    ["uint8", -256],
    ["uint8", -0.5],
  ])("%s refuses %d", (dtype, value) => {
    const message = `value cannot be converted to type ${dtype} without overflow`;
    expect(() => tensor([[1], [value]], { dtype })).toThrow(message);
    expect(() => full([2], value, { dtype })).toThrow("without overflow");
  });

  test("say what came and what else one can do", () => {
    expect(() => tensor([3e9], { dtype: "int32" })).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: tensor: value cannot be converted to type int32 without overflow: got 3000000000. Give another dtype, or wrap on purpose: tensor(values).to("int32").]`,
    );
    expect(() => zeros([1], { dtype: "uint8" }).fill_(300)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: fill_: value cannot be converted to type uint8_t without overflow: got 300. Give another dtype, or wrap on purpose: tensor(values).to("uint8").]`,
    );
    const mask = tensor([true]);
    expect(() => zeros([1]).maskedFill(mask, 1e300)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: maskedFill: value cannot be converted to type float without overflow: got 1e+300]`,
    );
  });

  test("what PyTorch takes is taken: fractions cut off, negative bytes, bools of anything, infinities", () => {
    expect(tensor([2 ** 31 - 0.5, -(2 ** 31)], { dtype: "int32" }).toListSync()).toEqual([2147483647, -2147483648]);
    expect(tensor([-1, -255, 255.5], { dtype: "uint8" }).toListSync()).toEqual([255, 1, 255]);
    expect(tensor([Number.NaN, 300], { dtype: "bool" }).toListSync()).toEqual([true, true]);
    expect(tensor([1e300]).toListSync()).toEqual([Number.POSITIVE_INFINITY]);
    expect(full([1], Number.NEGATIVE_INFINITY).toListSync()).toEqual([Number.NEGATIVE_INFINITY]);
  });

  test("a typed array and `to` convert as PyTorch's `to` does", () => {
    expect(tensor(new Float64Array([300]), { dtype: "uint8" }).toListSync()).toEqual([44]);
    expect(tensor([300]).to("uint8").toListSync()).toEqual([44]);
  });
});
