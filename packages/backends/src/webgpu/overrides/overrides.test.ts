import {
  cat,
  conv2d,
  type Device,
  linear,
  manualSeed,
  maxPool2d,
  ones,
  pad,
  randn,
  type Tensor,
  tensor,
  topk,
} from "@kindling/core";
import { describe, expect, test } from "vitest";
import { webgpu } from "../index.ts";
import { imageOverrides, overrides } from "./index.ts";

// Each of these fails on the backend's own kernel.

const present = await webgpu().then(
  () => true,
  () => false,
);
const [NaN32, INFINITY] = [Number.NaN, Number.POSITIVE_INFINITY];
/** Floats do not hold them. */
const [BIG, BIGGER] = [16777217, 16777219];

interface Case {
  /** The kernels that are tried. */
  readonly kernels: readonly string[];
  run(device: Device): Tensor;
  readonly gives: unknown;
}

/** A row with a NaN, one with an infinity, and one of numbers. */
const odd = [
  [1, NaN32, 2],
  [1, INFINITY, 2],
  [0, 0, 0],
];

const whole = (values: number[], device: Device): Tensor => tensor(values, { dtype: "int32", device });

/** Equals that different threads of a group find. */
function twoPeaks(): Float32Array {
  return Float32Array.from({ length: 100 }, (_, i) => (i === 1 || i === 64 ? 1 : 0));
}

/** Row `i` is full of `i`. */
function steps(device: Device): Tensor {
  return tensor(Float32Array.from({ length: 4 * 2048 }, (_, i) => Math.floor(i / 2048)))
    .view(4, 2048)
    .to(device);
}

const cases: readonly Case[] = [
  { kernels: ["exp"], run: (device) => tensor([NaN32], { device }).exp(), gives: [NaN32] },
  { kernels: ["expm1"], run: (device) => tensor([NaN32], { device }).expm1(), gives: [NaN32] },
  { kernels: ["sigmoid"], run: (device) => tensor([NaN32], { device }).sigmoid(), gives: [NaN32] },
  { kernels: ["log"], run: (device) => tensor([NaN32, 0, -1], { device }).log(), gives: [NaN32, -INFINITY, NaN32] },
  { kernels: ["log1p"], run: (device) => tensor([-2, -1], { device }).log1p(), gives: [NaN32, -INFINITY] },
  { kernels: ["erf"], run: (device) => tensor([1e-8], { device }).erf().mul(1e9).round(), gives: [11] },
  { kernels: ["tanh"], run: (device) => tensor([1e-8], { device }).tanh().mul(1e9).round(), gives: [10] },
  {
    kernels: ["softmax"],
    run: (device) => tensor(odd, { device }).softmax(1).mul(3),
    gives: [new Array(3).fill(NaN32), new Array(3).fill(NaN32), [1, 1, 1]],
  },
  {
    kernels: ["step"],
    run(device) {
      const x = tensor([NaN32, -1, 1], { device, requiresGrad: true });
      x.relu().sum().backward();
      return (x.grad as Tensor).clone();
    },
    gives: [1, 0, 1],
  },
  { kernels: ["sin"], run: (device) => tensor([100], { device }).sin().mul(1e6).round(), gives: [-506366] },
  { kernels: ["cos"], run: (device) => tensor([100], { device }).cos().mul(1e6).round(), gives: [862319] },
  { kernels: ["argmax"], run: (device) => tensor([1, 3, NaN32, 3], { device }).argmax(), gives: 2 },
  { kernels: ["argmax"], run: (device) => tensor(twoPeaks(), { device }).argmax(), gives: 1 },
  { kernels: ["argmin"], run: (device) => tensor(twoPeaks(), { device }).neg().argmin(), gives: 1 },
  { kernels: ["topk"], run: (device) => topk(tensor([1, NaN32, 3], { device }), 2).indices, gives: [1, 2] },
  {
    kernels: ["cumsum"],
    run: (device) => {
      const lengths = [2, 5].map((n) => tensor(new Float32Array(n).fill(1), { device, requiresGrad: true }));
      const [, grad] = lengths.map((x) => {
        x.cumsum(0).sum().backward();
        return x.grad as Tensor;
      });
      return (grad as Tensor).clone();
    },
    gives: [5, 4, 3, 2, 1],
  },
  { kernels: ["sum"], run: (device) => whole([BIG, 1], device).sum(), gives: BIG + 1 },
  { kernels: ["prod"], run: (device) => whole([BIG, 3], device).prod(), gives: 3 * BIG },
  { kernels: ["amax"], run: (device) => whole([BIG, 1], device).max(), gives: BIG },
  { kernels: ["amin"], run: (device) => whole([BIG, BIGGER], device).min(), gives: BIG },
  { kernels: ["all"], run: (device) => whole([1, 1, 0, 1], device).view(1, 2, 2).all(1), gives: [[false, true]] },
  { kernels: ["any"], run: (device) => whole([1, 0, 0, 0], device).view(1, 2, 2).any(1), gives: [[true, false]] },
  {
    kernels: ["permute"],
    run: (device) => whole([1, 2, 3, 4], device).view(1, 2, 2).permute(2, 0, 1).contiguous(),
    gives: [[[1, 3]], [[2, 4]]],
  },
  { kernels: ["slice"], run: (device) => whole([BIG, BIGGER], device).narrow(0, 1, 1), gives: [BIGGER] },
  { kernels: ["tile"], run: (device) => whole([BIG], device).repeat(2), gives: [BIG, BIG] },
  { kernels: ["flip"], run: (device) => whole([BIG, BIGGER], device).flip(0), gives: [BIGGER, BIG] },
  { kernels: ["pad"], run: (device) => pad(whole([BIG], device), [1, 0]), gives: [0, BIG] },
  { kernels: ["cat"], run: (device) => cat([whole([BIG], device), whole([1], device)]), gives: [BIG, 1] },
  { kernels: ["take"], run: (device) => whole([1, BIG], device).indexSelect(0, whole([1], device)), gives: [BIG] },
  { kernels: ["add"], run: (device) => whole([BIG], device).add(2), gives: [BIGGER] },
  { kernels: ["sub"], run: (device) => whole([BIGGER], device).sub(2), gives: [BIG] },
  { kernels: ["mul"], run: (device) => whole([BIG], device).mul(1), gives: [BIG] },
  { kernels: ["maximum"], run: (device) => whole([BIG], device).maximum(whole([1], device)), gives: [BIG] },
  { kernels: ["minimum"], run: (device) => whole([BIG], device).minimum(whole([BIGGER], device)), gives: [BIG] },
  { kernels: ["remainder"], run: (device) => whole([2147483647], device).remainder(256), gives: [255] },
  { kernels: ["abs"], run: (device) => whole([-BIG], device).abs(), gives: [BIG] },
  { kernels: ["neg"], run: (device) => whole([BIG], device).neg(), gives: [-BIG] },
  { kernels: ["relu"], run: (device) => whole([BIG], device).relu(), gives: [BIG] },
  { kernels: ["square"], run: (device) => whole([4099], device).square(), gives: [4099 ** 2] },
  {
    kernels: ["floorDivide"],
    run: (device) => whole([BIG], device).div(1, { roundingMode: "floor" }),
    gives: [BIG],
  },
  { kernels: ["pow"], run: (device) => whole([5, -7], device).pow(5), gives: [3125, -16807] },
  {
    kernels: ["where"],
    run: (device) => whole([BIG], device).where(whole([1], device).gt(0), whole([1], device)),
    gives: [BIG],
  },
  {
    kernels: ["matmul"],
    run: (device) => linear(ones([4, 2048], { device }), steps(device)).sum(0),
    gives: [0, 2048, 4096, 6144].map((value) => 4 * value),
  },
  {
    kernels: ["matmul"],
    run: (device) => linear(ones([4, 2048], { device }), steps(device), ones([4], { device })).sum(0),
    gives: [0, 2048, 4096, 6144].map((value) => 4 * (value + 1)),
  },
  {
    kernels: ["eq", "ne"],
    run: (device) => whole([BIG], device).eq(whole([BIG - 1], device)),
    gives: [false],
  },
  {
    kernels: ["lt", "ge"],
    run: (device) => whole([BIG - 1], device).lt(whole([BIG], device)),
    gives: [true],
  },
  {
    kernels: ["gt", "le"],
    run: (device) => whole([BIG], device).gt(whole([BIG - 1], device)),
    gives: [true],
  },
  {
    kernels: ["cast"],
    run: (device) => whole([1, 2, 3, 4], device).view(1, 2, 2).to("float32").permute(2, 0, 1).contiguous(),
    gives: [[[1, 3]], [[2, 4]]],
  },
  {
    kernels: ["MaxPool"],
    run: (device) => maxPool2d(tensor([[[[NaN32, 1, -INFINITY, -2e30]]]], { device }), [1, 2]),
    gives: [[[[NaN32, Math.fround(-2e30)]]]],
  },
  {
    kernels: ["MaxPoolGrad"],
    run: (device) => {
      const x = tensor(
        [
          [
            [
              [1, 1],
              [1, 1],
            ],
          ],
        ],
        { device, requiresGrad: true },
      );
      maxPool2d(x, 2).sum().backward();
      return (x.grad as Tensor).clone();
    },
    gives: [
      [
        [
          [1, 0],
          [0, 0],
        ],
      ],
    ],
  },
  {
    kernels: ["MaxPoolWithArgmax"],
    run: (device) =>
      maxPool2d(
        tensor(
          [
            [
              [
                [1, 1],
                [1, 1],
              ],
            ],
          ],
          { device },
        ),
        2,
        { returnIndices: true },
      ).indices,
    gives: [[[[0]]]],
  },
];

describe.skipIf(!present)("what the backend gets wrong", () => {
  test.each(cases.map((one) => [one.kernels.join(", "), one] as const))("%s", async (_, { run, gives }) => {
    const out = run(await webgpu());
    expect(await out.toList()).toEqual(gives);
  });

  // Strides by which a GPU does not divide exactly.
  test.each([
    ["of all channels", 1],
    ["of each channel", 4],
  ])("gradients of convolutions with strides of 3 %s", async (_, groups) => {
    manualSeed(1);
    const [x, w] = [randn([2, 4, 11, 10]), randn([4, 4 / groups, 3, 2])];
    const slopes = async (on?: Device): Promise<number[][]> => {
      const leaves = [x, w].map((one) => (on === undefined ? one.clone() : one.to(on)).detach().requiresGrad_());
      conv2d(leaves[0] as Tensor, leaves[1] as Tensor, null, { stride: 3, padding: 1, groups })
        .square()
        .sum()
        .backward();
      return Promise.all(leaves.map(async ({ grad }) => Array.from(await (grad as Tensor).toTypedArray())));
    };
    const [found, wanted] = [await slopes(await webgpu()), await slopes()];
    for (const [i, row] of wanted.entries()) {
      for (const [k, value] of row.entries()) expect(found[i]?.[k]).toBeCloseTo(value, 2);
    }
  });

  test("every override is tried", () => {
    const tried = new Set(cases.flatMap(({ kernels }) => kernels));
    const convolutions = [...imageOverrides.keys()].filter((kernel) => kernel.includes("Conv"));
    expect([...Object.keys(overrides), ...imageOverrides.keys()].filter((kernel) => !tried.has(kernel))).toEqual(
      convolutions,
    );
  });
});
