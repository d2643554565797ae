import { Generator, manualSeed, ones, setWarningSink, zeros } from "@kindling/core";
import { beforeEach, describe, expect, test } from "vitest";
import { init } from "../index.ts";
import { expectGolden } from "../testing/golden.ts";
import golden from "./init.golden.json" with { type: "json" };

type Fill = (tensor: ReturnType<typeof zeros>, ...args: unknown[]) => unknown;

/** Options that are given by position. */
const POSITIONS: Record<string, readonly string[]> = {
  constant_: ["val"],
  uniform_: ["a", "b"],
  normal_: ["mean", "std"],
};

const fill = (name: string): Fill => init[name as keyof typeof init] as Fill;

// PyTorch warns of some of these too; here it is no matter.
beforeEach(() => setWarningSink(() => undefined));

describe("init fills with PyTorch's numbers", () => {
  test.each(golden.cases.map((row) => [row.init, row.shape, row.options, row] as const))(
    "%s %j %j",
    (name, shape, options, row) => {
      manualSeed(row.seed);
      const tensor = zeros(shape).requiresGrad_();
      const named = options as Record<string, unknown>;
      const args = POSITIONS[name]?.map((key) => named[key]) ?? (Object.keys(named).length > 0 ? [options] : []);
      expect(fill(name)(tensor, ...args)).toBe(tensor);
      expectGolden(tensor, row.output);
      expect(tensor.gradFn).toBeNull();
    },
  );
});

test.each(golden.gains.map(({ arguments: args, gain }) => [args, gain] as const))("gain of %j is %d", (args, gain) => {
  const [name, param] = args as [init.Nonlinearity, number?];
  expect(init.calculateGain(name, param)).toBeCloseTo(gain, 15);
});

describe("init refuses what PyTorch refuses", () => {
  const calls: Record<string, () => unknown> = {
    "xavierUniform_ of [3]": () => init.xavierUniform_(ones([3])),
    "kaimingNormal_ of [3]": () => init.kaimingNormal_(ones([3])),
    "kaimingUniform_ mode 'fan'": () => init.kaimingUniform_(ones([3, 3]), { mode: "fan" as "fan_in" }),
    "kaimingUniform_ nonlinearity 'gelu'": () => init.kaimingUniform_(ones([3, 3]), { nonlinearity: "gelu" as "relu" }),
    "calculateGain 'gelu'": () => init.calculateGain("gelu" as "relu"),
    "calculateGain 'leaky_relu', 'a'": () => init.calculateGain("leaky_relu", "a" as unknown as number),
    "eye_ of [3]": () => init.eye_(ones([3])),
    "dirac_ of [2, 3]": () => init.dirac_(ones([2, 3])),
    "dirac_ of [3, 2, 2], groups 2": () => init.dirac_(ones([3, 2, 2]), { groups: 2 }),
    "orthogonal_ of [3]": () => init.orthogonal_(ones([3])),
    "sparse_ of [3]": () => init.sparse_(ones([3]), { sparsity: 0.5 }),
    "uniform_ 1, 0": () => init.uniform_(ones([3]), 1, 0),
    "normal_ 0, -1": () => init.normal_(ones([3]), 0, -1),
  };
  test.each(golden.errors.map(({ call, message }) => [call, message] as const))("%s", (call, message) => {
    expect(calls[call]).toThrow(message);
  });
});

test("a generator of one's own leaves the default one alone", () => {
  const draw = () => init.kaimingUniform_(zeros([3, 2]), { generator: new Generator(7) }).toListSync();
  manualSeed(1);
  const first = init.uniform_(zeros([4])).toListSync();
  manualSeed(1);
  expect(draw()).toEqual(draw());
  expect(init.uniform_(zeros([4])).toListSync()).toEqual(first);
});
