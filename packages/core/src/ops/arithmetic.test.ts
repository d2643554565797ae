import { describe, expect, test } from "vitest";
import { autograd, KindlingError, tensor, zeros } from "../index.ts";

describe("is refused in PyTorch's words", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "sub of two bools",
      () => tensor([true]).sub(tensor([true])),
      "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
    ],
    [
      "sub of a bool and a number",
      () => tensor([true]).sub(1),
      "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
    ],
    [
      "neg of a bool",
      () => tensor([true]).neg(),
      "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
    ],
    ["abs of a bool", () => tensor([true]).abs(), "\"abs_cpu\" not implemented for 'Bool'"],
    [
      "a whole number to a negative power",
      () => tensor([2], { dtype: "int64" }).pow(-1),
      "Integers to negative integer powers are not allowed.",
    ],
    ["a remainder of whole numbers by 0", () => tensor([5], { dtype: "int64" }).remainder(0), "ZeroDivisionError"],
    [
      "a whole quotient by 0",
      () => tensor([5], { dtype: "int64" }).div(0, { roundingMode: "floor" }),
      "ZeroDivisionError",
    ],
    ["clamp without bounds", () => zeros([2]).clamp({}), "At least one of 'min' or 'max' must not be None"],
    [
      "shapes that do not broadcast",
      () => zeros([2, 3]).mul(zeros([4, 3])),
      "The size of tensor a (2) must match the size of tensor b (4) at non-singleton dimension 0",
    ],
    [
      "an unknown rounding mode",
      () => zeros([2]).div(2, { roundingMode: "ceil" as never }),
      "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found 'ceil'",
    ],
  ])("%s", (_, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(KindlingError);
  });
});

test.each(["maximum", "minimum"] as const)("%s takes tensors only, as in PyTorch", (name) => {
  expect(() => Reflect.apply(zeros([2])[name], zeros([2]), [2])).toThrow(
    `${name}(): argument 'other' (position 2) must be Tensor, not int`,
  );
});

test.each(["maximum", "minimum"] as const)("%s of NaN passes the whole gradient to both", (name) => {
  const x = tensor([Number.NaN, 1, Number.NaN, 2]).requiresGrad_();
  const y = tensor([1, Number.NaN, Number.NaN, 2]).requiresGrad_();
  x[name](y).sum().backward();
  expect([x.grad?.toListSync(), y.grad?.toListSync()]).toEqual([
    [1, 1, 1, 0.5],
    [1, 1, 1, 0.5],
  ]);
});

test("atan has derivatives up to the largest numbers", () => {
  const x = tensor([3.4e38, -3.4e38, 1e30], { requiresGrad: true });
  const [first] = autograd.grad(x.atan().sum(), x, { createGraph: true });
  expect(first?.toListSync()).toEqual([0, 0, 0]);
  const [second] = autograd.grad(first!.sum(), x);
  expect(second?.abs().toListSync()).toEqual([0, 0, 0]);
});
