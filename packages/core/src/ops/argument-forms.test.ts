import { describe, expect, test } from "vitest";
import {
  add,
  arange,
  autograd,
  clamp,
  div,
  full,
  fullLike,
  KindlingError,
  linspace,
  mul,
  narrow,
  pow,
  remainder,
  sub,
  type Tensor,
  tensor,
  zeros,
} from "../index.ts";

// Values and gradients of these forms are golden (forms.golden.json); here is what golden rows cannot say.

const ints = (...data: number[]): Tensor => tensor(data, { dtype: "int32" });

describe("a number may stand first", () => {
  test.each([
    ["add", add(2, 3), 5],
    ["sub", sub(2, 3), -1],
    ["mul", mul(2, 3), 6],
    ["div", div(1, 4), 0.25],
    ["div, rounded", div(7, 2, { roundingMode: "floor" }), 3],
  ] as const)("%s of two numbers is a scalar, as in PyTorch", async (_, out, wanted) => {
    expect(out.shape).toEqual([]);
    expect(await out.item()).toBe(wanted);
  });

  test("it promotes as a number, not as a tensor", () => {
    expect(mul(2, tensor([1, 2], { dtype: "uint8" })).dtype).toBe("uint8");
    expect(mul(2.5, ints(1)).dtype).toBe("float32");
    expect(add(2, tensor(1, { dtype: "uint8" })).dtype).toBe("uint8");
  });

  test("the node is named as PyTorch names it", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(sub(2, x).gradFn?.name).toBe("SubBackward0");
    expect(div(2, x).gradFn?.name).toBe("DivBackward0");
  });

  // torch.pow(base, tensor([0., -1., 2.])), differentiated
  test.each([
    [0, [0, Number.NEGATIVE_INFINITY, 0]],
    [-1, [Number.NaN, Number.NaN, Number.NaN]],
    [0.25, [-1.3862944, -5.5451775, -0.0866434]],
  ])("the slope of %d ** x", (base, wanted) => {
    const x = tensor([0, -1, 2], { requiresGrad: true });
    const [slope] = autograd.grad(pow(base, x).sum(), [x]);
    (slope as Tensor).toTypedArraySync().forEach((value, i) => {
      if (Number.isFinite(wanted[i])) expect(value).toBeCloseTo(wanted[i] as number, 6);
      else expect(value).toBe(wanted[i]);
    });
  });

  test.each([
    ["a text", () => Reflect.apply(mul, null, ["2", ints(1)]), "argument 'input' (position 1) must be Tensor, not str"],
    ["nothing", () => Reflect.apply(add, null, [undefined, ints(1)]), "must be Tensor, not NoneType"],
    [
      "a text beside a number",
      () => Reflect.apply(add, null, [1, "2"]),
      "argument 'other' (position 2) must be Tensor, not str",
    ],
    ["two numbers, of pow", () => pow(2, 3), "pow(): argument 'input' (position 1) must be Tensor, not int"],
    ["two numbers, of remainder", () => remainder(2, 3), "must be Tensor, not int"],
  ])("%s is refused", (_, call, message) => {
    expect(call).toThrow(KindlingError);
    expect(call).toThrow(message);
  });
});

describe("tensors in place of numbers", () => {
  test("a bound is a leaf like any other", () => {
    const [x, low] = [tensor([0, 1, 2]), tensor(1, { requiresGrad: true })];
    x.clamp({ min: low }).sum().backward();
    expect(low.grad?.itemSync()).toBe(1.5);
    expect(x.clamp({ min: low, max: 3 }).gradFn?.name).toBe("ClampBackward1");
  });

  test("an in-place clamp sees a bound that overlaps, and one that asks for a gradient", () => {
    const x = arange(4).float();
    expect(() => x.narrow(0, 0, 3).clamp_({ min: x.narrow(0, 1, 3) })).toThrow("refer to a single memory location");
    const low = tensor([1, 1], { requiresGrad: true });
    const y = zeros([2]).clamp_({ min: low });
    y.sum().backward();
    expect(low.grad?.toListSync()).toEqual([1, 1]);
  });

  test("what is no bound is refused", () => {
    expect(() => Reflect.apply(clamp, null, [zeros([2]), "1"])).toThrow(KindlingError);
    expect(() => Reflect.apply(clamp, null, [zeros([2]), { min: [1] }])).toThrow(
      "clamp() received an invalid combination of arguments - got (Tensor, list, NoneType)",
    );
  });

  test("a scalar fills", () => {
    const seven = tensor(7);
    const x = zeros([2], { dtype: "int32" });
    expect([full([1], seven), fullLike(x, seven), x.newFull([1], seven)].map((t) => [t.dtype, t.toListSync()])).toEqual(
      [
        ["float32", [7]],
        ["int32", [7, 7]],
        ["int32", [7]],
      ],
    );
    expect(() => full([2], tensor([1, 2]))).toThrow(
      "full(): argument 'fill_value' (position 2) must be Number, not Tensor",
    );
    expect(() => Reflect.apply(full, null, [[2], "7"])).toThrow("full(): argument 'fill_value' (position 2)");
    expect(Reflect.apply(arange, null, [false, true, true]).toListSync()).toEqual([0]);
  });

  test("the ends of a range are read", () => {
    expect(linspace(tensor(1), tensor(5.5), 3).toListSync()).toEqual([1, 3.25, 5.5]);
    expect(linspace(1, tensor(5.5), 3, { dtype: "int32" }).toListSync()).toEqual([1, 3, 5]);
  });

  test("a start is read when the part is taken", () => {
    const [x, start] = [arange(5), ints(1).squeeze()];
    const part = narrow(x, 0, start, 2);
    start.add_(1);
    expect([part.toListSync(), narrow(x, 0, start, 2).toListSync()]).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });
});

test("booleans are what they are in a tensor of bools", () => {
  for (const value of [false, true]) {
    const untyped = value as unknown as number;
    expect(full([1], untyped, { dtype: "bool" }).toListSync()).toEqual([value]);
    expect(zeros([1], { dtype: "bool" }).newFull([1], untyped).toListSync()).toEqual([value]);
    expect(tensor([!value]).fill_(untyped).toListSync()).toEqual([value]);
    expect(fullLike(tensor([true]), untyped).toListSync()).toEqual([value]);
  }
});

test("a tuple of nonzero's indexes the tensor", () => {
  const x = tensor([
    [0, 3],
    [4, 0],
  ]);
  const places = x.nonzero({ asTuple: true });
  expect(places.map((place) => place.toListSync())).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(x.index(...places).toListSync()).toEqual([3, 4]);
});

test("decimals are rounded in float32, as PyTorch's kernel does", () => {
  // 2.675 is 2.67499995 there, times 100 is 267.5.
  expect(tensor([-2.675]).round({ decimals: 2 }).toListSync()).toEqual(tensor([-2.68]).toListSync());
  const x = tensor([1.234], { requiresGrad: true });
  const rounded = x.round({ decimals: 2 });
  expect(rounded.gradFn?.name).toBe("RoundBackward1");
  rounded.sum().backward();
  expect(x.grad?.toListSync()).toEqual([0]);
});
