import { Generator, manualSeed, rand, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import golden from "../data.golden.json";
import * as index from "../index.ts";
import { samplerLaws } from "../testing/index.ts";
import { BatchSampler } from "./batch-sampler.ts";
import { RandomSampler } from "./random-sampler.ts";
import type { Sampler } from "./sampler.ts";
import { SequentialSampler } from "./sequential-sampler.ts";
import { SubsetRandomSampler } from "./subset-random-sampler.ts";
import { WeightedRandomSampler } from "./weighted-random-sampler.ts";

type Options = { readonly generator?: Generator };
const WEIGHTS = [0.1, 0.9, 0.4, 0.7, 3.0, 0.6];

/** The samplers that the golden file names, with or without a generator of their own. */
const MAKE: Record<string, (options: Options) => Sampler<number | number[]>> = {
  "new SequentialSampler(5)": () => new SequentialSampler(5),
  "new RandomSampler(10)": (o) => new RandomSampler(10, o),
  "new RandomSampler(10, { numSamples: 4 })": (o) => new RandomSampler(10, { numSamples: 4, ...o }),
  "new RandomSampler(10, { numSamples: 25 })": (o) => new RandomSampler(10, { numSamples: 25, ...o }),
  "new RandomSampler(10, { replacement: true })": (o) => new RandomSampler(10, { replacement: true, ...o }),
  "new RandomSampler(10, { replacement: true, numSamples: 70 })": (o) =>
    new RandomSampler(10, { replacement: true, numSamples: 70, ...o }),
  "new SubsetRandomSampler([5, 3, 8, 1])": (o) => new SubsetRandomSampler([5, 3, 8, 1], o),
  "new WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8)": (o) => new WeightedRandomSampler(WEIGHTS, 8, o),
  "new WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 5, { replacement: false })": (o) =>
    new WeightedRandomSampler(WEIGHTS, 5, { replacement: false, ...o }),
  "new BatchSampler(new SequentialSampler(10), 3, false)": () => new BatchSampler(new SequentialSampler(10), 3, false),
  "new BatchSampler(new SequentialSampler(10), 3, true)": () => new BatchSampler(new SequentialSampler(10), 3, true),
  "new BatchSampler(new RandomSampler(7), 2, false)": (o) => new BatchSampler(new RandomSampler(7, o), 2, false),
};

describe("samplers", () => {
  test.each(golden.samplers)("$sampler, seed $seed, own generator $generator: PyTorch's order", (row) => {
    manualSeed(row.seed);
    const sampler = MAKE[row.sampler]?.(row.generator ? { generator: new Generator(row.seed) } : {});
    expect(sampler?.length).toBe(row.length);
    expect([[...(sampler ?? [])], [...(sampler ?? [])]]).toEqual(row.passes);
    expect(rand([1]).toTypedArraySync()).toEqual(Float32Array.from(row.then));
  });

  test("each is held against the laws", () => {
    const named = Object.keys(MAKE).map((code) => code.match(/\w+Sampler/)?.[0]);
    const exported = Object.keys(index).filter((name) => name.endsWith("Sampler"));
    expect([...new Set(named)].sort()).toEqual(exported.sort());
  });
});

for (const [code, make] of Object.entries(MAKE)) {
  samplerLaws(code, () => make({}), 10);
  samplerLaws(`${code} with a generator`, () => make({ generator: new Generator(4) }), 10);
}

describe("samplers refuse", () => {
  test("RandomSampler: what is no flag, no number of samples", () => {
    // @ts-expect-error 1 is not true
    expect(() => new RandomSampler(3, { replacement: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomSampler: replacement should be a boolean value, but got replacement=1. Write true or false.]`,
    );
    expect(() => new RandomSampler(3, { numSamples: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomSampler: num_samples should be a positive integer value, but got num_samples=0. Give a whole number above 0.]`,
    );
    expect(() => new RandomSampler(3, { numSamples: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomSampler: num_samples should be a positive integer value, but got num_samples=1.5. Give a whole number above 0.]`,
    );
    expect(() => new RandomSampler([])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomSampler: num_samples should be a positive integer value, but got num_samples=0. The data set is empty: check how it was loaded, or omit shuffle.]`,
    );
  });

  test("WeightedRandomSampler: weights that are none", () => {
    const draw = (weights: number[], count: number, replacement = true) => [
      ...new WeightedRandomSampler(weights, count, { replacement }),
    ];
    expect(() => draw([1, 1], 3, false)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WeightedRandomSampler: cannot sample n_sample > prob_dist.size(-1) samples without replacement: 3 samples of 2 weights. Weights are finite and not negative, and not all 0; without replacement there are as many samples at most.]`,
    );
    expect(() => draw([1, 1], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WeightedRandomSampler: num_samples should be a positive integer value, but got num_samples=0. Give a whole number above 0.]`,
    );
    expect(() => draw([1, -1], 2)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WeightedRandomSampler: probability tensor contains either \`inf\`, \`nan\` or element < 0: 2 samples of 2 weights. Weights are finite and not negative, and not all 0; without replacement there are as many samples at most.]`,
    );
    expect(() => draw([0, 0], 2)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WeightedRandomSampler: invalid multinomial distribution (sum of probabilities <= 0): 2 samples of 2 weights. Weights are finite and not negative, and not all 0; without replacement there are as many samples at most.]`,
    );
    // @ts-expect-error weights are a list of numbers
    expect(() => new WeightedRandomSampler([[1]], 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: WeightedRandomSampler: weights should be a 1d sequence but given weights have shape (1, 1). Give one weight for each sample.]`,
    );
    expect(() => new WeightedRandomSampler(tensor([[1]]), 1)).toThrow("given weights have shape (1, 1)");
    expect(new WeightedRandomSampler(tensor([0, 1]), 2).weights).toEqual(Float64Array.of(0, 1));
  });

  test("BatchSampler: sizes and flags that are none, and lengths that nobody knows", () => {
    expect(() => new BatchSampler([1, 2], 0, false)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: BatchSampler: batch_size should be a positive integer value, but got batch_size=0. Give a whole number above 0.]`,
    );
    // @ts-expect-error a string is no flag
    expect(() => new BatchSampler([1, 2], 1, "yes")).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: BatchSampler: drop_last should be a boolean value, but got drop_last=yes. Write true or false.]`,
    );
    expect(() => new BatchSampler(new Set([1, 2]), 1, false).length).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: BatchSampler.length: object of type 'Set' has no len(). Give the sampler a length, or do not ask for the number of batches.]`,
    );
  });

  test("a state that was saved with another generator", () => {
    const state = new RandomSampler(3, { generator: new Generator(1) }).stateDict();
    expect(() => new RandomSampler(3).loadStateDict(state)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomSampler.loadStateDict: Unexpected key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
    expect(() =>
      new SubsetRandomSampler([1], { generator: new Generator(1) }).loadStateDict({}),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: SubsetRandomSampler.loadStateDict: Missing key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
  });
});
