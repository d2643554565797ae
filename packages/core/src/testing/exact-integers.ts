import { expect, test } from "vitest";
import type { Device } from "../device/device.ts";
import { maxPool2d, type NestedArray, pad, type Tensor, tensor } from "../index.ts";
import { scope } from "../scope/scope.ts";

const X = [-16777217, 16777217, 2147483647, -2147483648, 0, 7, -7, 123456789];
const Y = [3, -3, 7, 5, 1, -16777217, 16777219, -123456787];

type Case = readonly [about: string, compute: (x: Tensor, y: Tensor) => Tensor, gives: NestedArray];

/** What PyTorch gives for these as `torch.int32`, which wraps. */
const BEYOND: readonly Case[] = [
  ["neg", (x) => x.neg(), [16777217, -16777217, -2147483647, -2147483648, 0, -7, 7, -123456789]],
  ["abs", (x) => x.abs(), [16777217, 16777217, 2147483647, -2147483648, 0, 7, 7, 123456789]],
  ["square", (x) => x.square(), [33554433, 33554433, 1, 0, 0, 49, 49, -1757895751]],
  ["mul", (x, y) => x.mul(y), [-50331651, -50331651, 2147483641, -2147483648, 0, -117440519, -117440533, 2004809329]],
  ["pow", (_, y) => y.pow(5), [243, -243, 16807, 3125, 1, -83886081, -1795161869, 1178871485]],
  ["pow, wrapped", (x) => x.mul(0).add(3).pow(20), Array.from(X, () => -808182895)],
  ["prod", (_, y) => y.prod({ dtype: "int32" }), 1377828061],
  [
    "prod over a dimension",
    (_, y) => y.view(2, 2, 2).prod(1, { dtype: "int32" }),
    [
      [21, -15],
      [16777219, 442223891],
    ],
  ],
  [
    "matmul",
    (x, y) => x.view(2, 4).matmul(y.view(4, 2)),
    [
      [67108867, 150994953],
      [722691945, 2122249883],
    ],
  ],
  [
    "matmul of batches, transposed",
    (x, y) => x.view(2, 2, 2).matmul(y.view(2, 2, 2).transpose(1, 2)),
    [
      [
        [-100663302, -33554434],
        [-3, -7],
      ],
      [
        [-117440519, -864197509],
        [-475778332, 1887368796],
      ],
    ],
  ],
  ["matmul of a vector", (x, y) => x.view(2, 4).matmul(y.narrow(0, 0, 4)), [-100663309, 617283875]],
  ["dot", (x, y) => x.dot(y), 1669264968],
];

/** The same where nothing is beyond 32 bits: as `int64` too. */
const CASES: readonly Case[] = [
  ["sign", (x) => x.sign(), [-1, 1, 1, -1, 0, 1, -1, 1]],
  ["relu", (x) => x.relu(), [0, 16777217, 2147483647, 0, 0, 7, 0, 123456789]],
  [
    "div, floor",
    (x) => x.div(-2, { roundingMode: "floor" }),
    [8388608, -8388609, -1073741824, 1073741824, 0, -4, 3, -61728395],
  ],
  [
    "div, trunc",
    (x, y) => x.div(y, { roundingMode: "trunc" }),
    [-5592405, -5592405, 306783378, -429496729, 0, 0, 0, -1],
  ],
  ["div by 1, trunc", (x) => x.div(1, { roundingMode: "trunc" }), X],
  ["remainder", (x, y) => x.remainder(y), [1, -1, 1, 2, 0, -16777210, 16777212, -123456785]],
  [
    "pow of a tensor",
    (x) =>
      tensor([2, -1, -1, 5], { dtype: x.dtype })
        .to(x.device)
        .pow(tensor([[10], [-1]], { dtype: x.dtype }).to(x.device)),
    [
      [1024, 1, 1, 9765625],
      [0, -1, -1, 0],
    ],
  ],
  ["sum", (x) => x.sum({ dtype: x.dtype }), 123456788],
  ["prod of four", (_, y) => y.narrow(0, 2, 4).prod({ dtype: y.dtype }), -587202595],
  ["amax", (x) => x.amax(), 2147483647],
  ["sort", (x) => x.sort().values, [-2147483648, -16777217, -7, 0, 7, 16777217, 123456789, 2147483647]],
  ["topk", (x) => x.topk(3, 0, { largest: false }).values, [-2147483648, -16777217, -7]],
  [
    "maxPool2d, padded",
    (x) => maxPool2d(x.view(1, 2, 4), 2, { padding: 1 }),
    [
      [
        [-16777217, 2147483647, -2147483648],
        [0, 7, 123456789],
      ],
    ],
  ],
  [
    "pad",
    (x) => pad(x.view(2, 4), [1, 0, 0, 1], { value: 16777217 }),
    [
      [16777217, -16777217, 16777217, 2147483647, -2147483648],
      [16777217, 0, 7, -7, 123456789],
      [16777217, 16777217, 16777217, 16777217, 16777217],
    ],
  ],
];

/** What PyTorch gives for these as `torch.int64`, where something is beyond 32 bits. */
const LONG: readonly Case[] = [
  ["neg", (x) => x.neg(), [16777217, -16777217, -2147483647, 2147483648, 0, -7, 7, -123456789]],
  ["abs", (x) => x.abs(), [16777217, 16777217, 2147483647, 2147483648, 0, 7, 7, 123456789]],
  ["add", (x) => x.add(x), [-33554434, 33554434, 4294967294, -4294967296, 0, 14, -14, 246913578]],
  [
    "sub",
    (x, y) => x.sub(y.mul(2)),
    [-16777223, 16777223, 2147483633, -2147483658, -2, 33554441, -33554445, 370370363],
  ],
  [
    "mul",
    (x) => x.mul(4194301),
    [-70368698040317, 70368698040317, 9007192808095747, -9007192812290048, 0, 29360107, -29360107, 517814933559489],
  ],
  ["square", (_, y) => y.narrow(0, 0, 7).square(), [9, 9, 49, 25, 1, 281475010265089, 281475077373961]],
  ["pow", (_, y) => y.narrow(0, 0, 2).pow(20), [3486784401, 3486784401]],
  ["sum", (x) => x.abs().sum(), 4451978532],
  [
    "cumsum",
    (x) => x.abs().cumsum(0),
    [16777217, 33554434, 2181038081, 4328521729, 4328521729, 4328521736, 4328521743, 4451978532],
  ],
  ["matmul of a vector", (x, y) => x.view(2, 4).matmul(y.narrow(0, 0, 4)), [4194303987, 617283875]],
  [
    "div, floor",
    (x) => x.mul(3).div(-2, { roundingMode: "floor" }),
    [25165825, -25165826, -3221225471, 3221225472, 0, -11, 10, -185185184],
  ],
  ["remainder", (x) => x.mul(1001).remainder(1000003), [56165, 943838, 681775, 317227, 0, 7007, 992996, 875052]],
];

/** PyTorch goes on to 2^63 here. */
const BEYOND_DOUBLES: readonly (readonly [about: string, compute: (x: Tensor, y: Tensor) => Tensor])[] = [
  ["pow", (_, y) => y.narrow(0, 0, 5).pow(20)],
  ["mul", (x) => x.mul(x.mul(x))],
  ["matmul", (x, y) => x.view(2, 4).matmul(y.view(4, 2))],
  ["dot", (x, y) => x.dot(y)],
  ["sum", (x) => x.narrow(0, 2, 1).square().sum()],
];

/** Registers tests that whole numbers stay whole numbers on a device: none of them goes through floats, which hold them up to 2^24. */
export function exactIntegers(device: () => Device): void {
  const LARGEST_INT32 = 2 ** 31 - 1;
  const largest = (): number => device().largestInteger ?? LARGEST_INT32;
  const there = (values: readonly number[], dtype: "int32" | "int64" = "int32"): Tensor =>
    tensor([...values], { dtype }).to(device());
  const play = async (compute: () => Tensor, dtype = "int32"): Promise<NestedArray> => {
    const out = scope(compute);
    expect(out.dtype).toBe(dtype);
    const found = await out.toList();
    out.dispose();
    return found as NestedArray;
  };
  const playLong = (compute: Case[1]) => play(() => compute(there(X, "int64"), there(Y, "int64")), "int64");

  test.each([...CASES, ...BEYOND])("int32 %s is PyTorch's", async (_, compute, expected) => {
    if (largest() < LARGEST_INT32) return;
    expect(await play(() => compute(there(X), there(Y)))).toEqual(expected);
  });

  test.each(CASES)("int64 %s is PyTorch's, however many bits it has", async (_, compute, expected) => {
    if (largest() < LARGEST_INT32) return;
    expect(await playLong(compute)).toEqual(expected);
  });

  test.each(LONG)("int64 %s is PyTorch's beyond 32 bits, or refused", async (_, compute, expected) => {
    if (largest() < LARGEST_INT32) return;
    const found = await playLong(compute).catch(String);
    if (largest() > LARGEST_INT32) expect(found).toEqual(expected);
    // A device that cannot be looked at without waiting wraps.
    else if (typeof found === "string") expect(found).toMatch(/the result does not fit into the 32 bits/);
    else if (device().downloadSync !== undefined)
      expect([found].flat(3)).toEqual(([expected].flat(3) as number[]).map(wrapped));
  });

  test.each(BEYOND_DOUBLES)("int64 %s is refused where it is beyond 2^53", async (_, compute) => {
    if (largest() <= LARGEST_INT32) return;
    await expect(playLong(compute)).rejects.toThrow("does not fit into int64, which is exact up to 2^53 here");
  });

  test("the largest exact int64", async () => {
    const most = largest();
    const x = there([most, -most, 1], "int64");
    expect(await x.toList()).toEqual([most, -most, 1]);
    expect(await x.sum().item()).toBe(1);
    expect(await x.amax().item()).toBe(most);
    expect(String(await x.cpu())).toBe(
      `tensor([${[most, -most, 1].map((v) => String(v).padStart(String(-most).length)).join(", ")}])`,
    );
  });

  test.each(["floor", "trunc", undefined] as const)("whole numbers divided by 0: %s", async (roundingMode) => {
    const divided = play(() => {
      const x = there([1, 0, -3]);
      const zeros = x.mul(0);
      return roundingMode === undefined ? x.remainder(zeros) : x.div(zeros, { roundingMode });
    });
    const message = await divided.then(() => null, String);
    if (message !== null || device().host !== undefined) expect(message).toContain("ZeroDivisionError");
  });
}

const wrapped = (value: number): number => value | 0;
