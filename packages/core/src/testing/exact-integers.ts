import { expect, test } from "vitest";
import type { Device } from "../device/device.ts";
import { type NestedArray, pad, type Tensor, tensor } from "../index.ts";
import { scope } from "../scope/scope.ts";

const X = [-16777217, 16777217, 2147483647, -2147483648, 0, 7, -7, 123456789];
const Y = [3, -3, 7, 5, 1, -16777217, 16777219, -123456787];

type Case = readonly [about: string, compute: (x: Tensor, y: Tensor) => Tensor, gives: NestedArray];

/** What PyTorch gives for these as `torch.int32`, which wraps as `int64` does modulo 2^32: `int32` cannot hold what `int64` would give. */
const BEYOND: readonly Case[] = [
  ["neg", (x) => x.neg(), [16777217, -16777217, -2147483647, -2147483648, 0, -7, 7, -123456789]],
  ["abs", (x) => x.abs(), [16777217, 16777217, 2147483647, -2147483648, 0, 7, 7, 123456789]],
  ["square", (x) => x.square(), [33554433, 33554433, 1, 0, 0, 49, 49, -1757895751]],
  ["mul", (x, y) => x.mul(y), [-50331651, -50331651, 2147483641, -2147483648, 0, -117440519, -117440533, 2004809329]],
  ["pow", (_, y) => y.pow(5), [243, -243, 16807, 3125, 1, -83886081, -1795161869, 1178871485]],
  ["pow, wrapped", (x) => x.mul(0).add(3).pow(20), Array.from(X, () => -808182895)],
  ["prod", (_, y) => y.prod(), 1377828061],
  [
    "prod over a dimension",
    (_, y) => y.view(2, 2, 2).prod(1),
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

/** The same of what it holds. */
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
      tensor([2, -1, -1, 5], { dtype: "int32" })
        .to(x.device)
        .pow(tensor([[10], [-1]], { dtype: "int32" }).to(x.device)),
    [
      [1024, 1, 1, 9765625],
      [0, -1, -1, 0],
    ],
  ],
  ["sum", (x) => x.sum(), 123456788],
  ["amax", (x) => x.amax(), 2147483647],
  ["sort", (x) => x.sort().values, [-2147483648, -16777217, -7, 0, 7, 16777217, 123456789, 2147483647]],
  ["topk", (x) => x.topk(3, 0, { largest: false }).values, [-2147483648, -16777217, -7]],
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

/** Registers tests that whole numbers stay whole numbers on a device: none of them goes through floats, which hold them up to 2^24. */
export function exactIntegers(device: () => Device): void {
  const there = (values: readonly number[]): Tensor => tensor([...values], { dtype: "int32" }).to(device());
  const play = async (compute: () => Tensor): Promise<NestedArray> => {
    const out = scope(compute);
    expect(out.dtype).toBe("int32");
    const found = await out.toList();
    out.dispose();
    return found as NestedArray;
  };

  test.each(CASES)("int32 %s is PyTorch's", async (_, compute, expected) => {
    if (device().largestInteger !== undefined) return;
    expect(await play(() => compute(there(X), there(Y)))).toEqual(expected);
  });

  test.each(BEYOND)("int32 %s is refused where the result does not fit, or wraps", async (_, compute, wrapped) => {
    if (device().largestInteger !== undefined) return;
    // What is in ordinary memory is looked at.
    const found = await play(() => compute(there(X), there(Y))).catch(String);
    expect(typeof found === "string" ? "refused" : found).toEqual(
      device().host !== undefined || typeof found === "string" ? "refused" : wrapped,
    );
    if (typeof found === "string") expect(found).toMatch(/the result does not fit into int32: -?\d+/);
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
