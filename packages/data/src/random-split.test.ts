import { Generator, manualSeed, setWarningSink } from "@kindling/core";
import { describe, expect, test } from "vitest";
import golden from "./data.golden.json";
import { randomSplit } from "./random-split.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("randomSplit", () => {
  test.each(golden.randomSplit)(
    "$count into $lengths, seed $seed, is PyTorch's",
    ({ seed, count, lengths, indices }) => {
      const warnings: string[] = [];
      const undo = setWarningSink((message) => warnings.push(message));
      const own = randomSplit(numbers(count), lengths, { generator: new Generator(seed) });
      manualSeed(seed);
      const parts = randomSplit(numbers(count), lengths);
      undo();
      expect(parts.map((part) => Array.from(part.indices))).toEqual(indices);
      expect(own.map((part) => Array.from(part.indices))).toEqual(indices);
      const shares = lengths.every((length) => length <= 1);
      const empty = indices.flatMap((part, i) => (shares && part.length === 0 ? [i] : []));
      expect(warnings).toEqual(
        empty.map((i) => `Length of split at index ${i} is 0. This might result in an empty dataset.`),
      );
    },
  );

  test("gives what is left over to the parts in turn", () => {
    expect(randomSplit(numbers(5), [1 / 3, 1 / 3, 1 / 3]).map((part) => part.length)).toEqual([2, 2, 1]);
  });

  test("refuses lengths that do not add up", () => {
    const split = (...lengths: number[]) => randomSplit(numbers(10), lengths);
    expect(() => split(5, 4)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: randomSplit: Sum of input lengths does not equal the length of the input dataset! Got [5, 4] for 10 samples: give whole numbers that add up to that, or fractions that add up to 1.]`,
    );
    expect(() => split(0.5, 0.6)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: randomSplit: Sum of input lengths does not equal the length of the input dataset! Got [0.5, 0.6] for 10 samples: give whole numbers that add up to that, or fractions that add up to 1.]`,
    );
    expect(() => split(12, -2)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: randomSplit: Sum of input lengths does not equal the length of the input dataset! Got [12, -2] for 10 samples: give whole numbers that add up to that, or fractions that add up to 1.]`,
    );
    expect(() => split(-0.5, 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: randomSplit: Fraction at index 0 is not between 0 and 1: it is -0.5. Fractions are shares of the whole.]`,
    );
  });
});

test("lengths are a list", () => {
  expect(() => randomSplit([1, 2], 0.5 as never)).toThrow(
    "random_split(): argument 'lengths' (position 2) must be tuple of ints, not float. Give the sizes of the parts, or their shares, in one array: [0.8, 0.2].",
  );
  expect(() => randomSplit([1, 2], 0.5 as never, 0.5 as never)).toThrow("argument 'lengths'");
});
