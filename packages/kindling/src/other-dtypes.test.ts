import { differs, type GoldenTensor } from "@kindling/core/testing";
import { afterEach, describe, expect, test } from "vitest";
import { arange, cat, manualSeed, nn, optim, randn, setDefaultDtype, type Tensor } from "./index.ts";
import json from "./other-dtypes.golden.json" with { type: "json" };

// Networks of other dtypes than float32: of doubles in training, of halves at work.

type State = Readonly<Record<string, GoldenTensor>>;

interface Training {
  readonly way: string;
  readonly optimizer: string;
  readonly x: GoldenTensor;
  readonly losses: readonly number[];
  readonly start: State;
  readonly end: State;
}

interface Halves {
  readonly dtype: string;
  readonly x: GoldenTensor;
  readonly state: State;
  readonly output: GoldenTensor;
}

// JSON has no literal types: TypeScript infers texts for dtypes.
const golden = json as unknown as { readonly trainings: readonly Training[]; readonly halves: readonly Halves[] };

/** Results of PyTorch's kernels for doubles, which add up in another order. */
const DOUBLES = { rtol: 1e-12, atol: 1e-13 };

/** A unit in the last place of halves, whose sums are rounded once. */
const HALVES = { float16: { rtol: 2 ** -10, atol: 2 ** -14 }, bfloat16: { rtol: 2 ** -7, atol: 2 ** -11 } };

afterEach(() => setDefaultDtype("float32"));

async function expectState(net: nn.Module, state: State, tolerance: { rtol: number; atol: number }): Promise<void> {
  const found = net.stateDict();
  expect(Object.keys(found)).toEqual(Object.keys(state));
  for (const [name, wanted] of Object.entries(state)) {
    expect(await differs(found[name] as Tensor, wanted, tolerance), name).toBeNull();
  }
}

/** PyTorch draws doubles with fused products where the processor has them, which golden files do without: a unit in the last place. */
const DRAWN = { rtol: 3e-16, atol: 1e-16 };

/** Halves stand in golden files as the shortest decimals of floats. */
const SAME = { rtol: 1e-7, atol: 0 };

describe("a network of doubles", () => {
  const optimizers = {
    SGD: (net: nn.Module) => new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9, weightDecay: 0.01 }),
    Adam: (net: nn.Module) => new optim.Adam(net.parameters(), { lr: 0.01 }),
  };

  test.each(golden.trainings)("$way: trained by $optimizer as in PyTorch", async (row) => {
    manualSeed(0);
    if (row.way === "default") setDefaultDtype("float64");
    const first = new nn.Linear(4, 6, { bias: false });
    const net = new nn.Sequential(first, new nn.BatchNorm1d(6), new nn.ReLU(), new nn.Linear(6, 3));
    if (row.way === "double") net.double();
    setDefaultDtype("float32");
    await expectState(net, row.start, DRAWN);

    const x = randn([8, 4], { dtype: "float64" });
    expect(await differs(x, row.x, DRAWN)).toBeNull();
    const y = arange(8).remainder(3).long();
    const optimizer = optimizers[row.optimizer as keyof typeof optimizers](net);
    const losses: number[] = [];
    for (const _ of row.losses) {
      optimizer.zeroGrad();
      const loss = nn.functional.crossEntropy(net(x), y);
      expect(loss.dtype).toBe("float64");
      loss.backward();
      for (const parameter of net.parameters()) expect(parameter.grad?.dtype).toBe("float64");
      optimizer.step();
      losses.push(loss.itemSync());
    }
    for (const [i, wanted] of row.losses.entries())
      expect(Math.abs((losses[i] as number) - wanted)).toBeLessThan(1e-12);
    await expectState(net, row.end, DOUBLES);
  });
});

test.each(golden.halves)("a network in $dtype has PyTorch's bits, and its results", async (row) => {
  const dtype = row.dtype as keyof typeof HALVES;
  manualSeed(0);
  const net = new nn.Sequential(new nn.Linear(4, 6), new nn.ReLU(), new nn.Linear(6, 3)).to(dtype);
  await expectState(net, row.state, SAME);
  const x = randn([5, 4]).to(dtype);
  expect(await differs(x, row.x, SAME)).toBeNull();
  const out = net(x);
  expect(out.dtype).toBe(dtype);
  expect(await differs(out, row.output, HALVES[dtype])).toBeNull();
});

test("a gradient has the dtype of its tensor, whatever it was computed with", () => {
  const found: string[] = [];
  const leaf = (dtype: "float16" | "float32" | "float64"): Tensor => randn([2, 2], { dtype, requiresGrad: true });
  for (const [one, other] of [
    ["float32", "float64"],
    ["float16", "float32"],
    ["float16", "float64"],
  ] as const) {
    const [x, y] = [leaf(one), leaf(other)];
    const outs = [x.mul(y), cat([x, y]), x.where(x.gt(0), y), x.add(y).square()];
    for (const out of outs) {
      expect(out.dtype).toBe(other);
      out.sum().backward();
    }
    found.push(`${x.grad?.dtype} ${y.grad?.dtype}`);
  }
  expect(found).toEqual(["float32 float64", "float16 float32", "float16 float64"]);
});
