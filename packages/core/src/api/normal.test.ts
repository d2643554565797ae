import { describe, expect, test } from "vitest";
import { DTypeError, Generator, manualSeed, normal, type Tensor, tensor, ValueError } from "../index.ts";

const mean = tensor([1, 2, 3]);
const std = tensor([0.5, 1, 2]);

describe("normal draws PyTorch's numbers", () => {
  // torch.manual_seed(0); torch.normal(...)
  test.each<readonly [string, () => Tensor, unknown]>([
    ["of two tensors", () => normal(mean, std), [1.7705, 1.7066, -1.3576]],
    ["of a tensor and a number", () => normal(mean, 2), [4.082, 1.4131, -1.3576]],
    ["of a tensor", () => normal(mean), [2.541, 1.7066, 0.8212]],
    ["of a number and a tensor", () => normal(1.5, std), [2.2705, 1.2066, -2.8576]],
    ["of two numbers and a size", () => normal(0.5, 2, [3]), [3.582, -0.0869, -3.8576]],
    [
      "of tensors that broadcast",
      () => normal(tensor([[1], [2]]), std),
      [
        [1.7705, 0.7066, -3.3576],
        [2.2842, 0.9155, -0.7972],
      ],
    ],
    ["of a scalar and a tensor", () => normal(tensor(1), std), [1.7705, 0.7066, -3.3576]],
  ])("%s", (_, draw, wanted) => {
    manualSeed(0);
    const found = draw();
    expect(found.shape).toEqual(tensor(wanted as number[]).shape);
    const numbers = [wanted].flat(3) as number[];
    for (const [i, value] of found.toTypedArraySync().entries()) expect(value).toBeCloseTo(numbers[i] as number, 3);
    const given = new Generator().manualSeed(0);
    if (_ === "of two numbers and a size") {
      expect(normal(0.5, 2, [3], { generator: given }).toListSync()).toEqual(found.toListSync());
    }
  });

  test("a generator of one's own", () => {
    const draw = (): unknown => normal(mean, std, { generator: new Generator().manualSeed(3) }).toListSync();
    expect(draw()).toEqual(draw());
  });
});

test("asks for a gradient where its tensors do, and gives them 0", () => {
  const [a, b] = [tensor([1, 2], { requiresGrad: true }), tensor(1, { requiresGrad: true })];
  const out = normal(a, b);
  expect(out.gradFn?.name).toBe("NormalBackward3");
  out.sum().backward();
  expect([a.grad?.toListSync(), b.grad?.toListSync()]).toEqual([[0, 0], 0]);
  expect(normal(0, 1, [2], { requiresGrad: true }).isLeaf).toBe(true);
});

test.each<readonly [string, () => unknown, string]>([
  ["a negative std", () => normal(mean, -1), "normal expects std >= 0.0, but found std -1"],
  ["one of a size", () => normal(0, -1, [2]), "normal expects std >= 0.0, but found std -1"],
  ["one of several", () => normal(mean, tensor([-1, 2, 3])), "normal expects all elements of std >= 0.0"],
  [
    "shapes that do not broadcast",
    () => normal(mean, tensor([1, 2])),
    "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0",
  ],
  ["integers", () => normal(tensor([1], { dtype: "int32" }), 1), '"normal_kernel_cpu" not implemented for'],
  ["two numbers without a size", () => Reflect.apply(normal, null, [0, 1]), "must be tuple of ints, not NoneType"],
  ["a size beside a tensor", () => Reflect.apply(normal, null, [mean, 1, [3]]), "takes its options as an object"],
  [
    "a text",
    () => Reflect.apply(normal, null, ["0", 1]),
    "normal() received an invalid combination of arguments - got (str, int)",
  ],
])("%s is refused", (_, draw, message) => {
  expect(draw).toThrow(message);
});

test("errors have their classes", () => {
  expect(() => normal(mean, -1)).toThrow(ValueError);
  expect(() => normal(tensor([true]), 1)).toThrow(DTypeError);
});
