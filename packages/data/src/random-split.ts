import { defaultGenerator, type Generator, randperm, ValueError } from "@kindling/core";
import { checkList, checkOptions, surplusArguments, warn } from "@kindling/core/extend";
import { asDataset, type DatasetLike } from "./array-dataset.ts";
import { Subset } from "./subset.ts";

export interface RandomSplitOptions {
  /** Default: the default generator. */
  readonly generator?: Generator;
}

/**
 * Splits a data set into disjoint random subsets of the given `lengths`, or fractions that add up to 1. Fractions are rounded
 * down, and the samples left over go to the parts in turn, from the first on.
 *
 * ```ts
 * const [train, test] = randomSplit(samples, [0.8, 0.2]);
 * ```
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split
 */
export function randomSplit<S, const L extends readonly number[]>(
  dataset: DatasetLike<S>,
  lengths: L,
  options?: RandomSplitOptions,
): { -readonly [K in keyof L]: Subset<S> };
export function randomSplit<S>(
  dataset: DatasetLike<S>,
  lengths: readonly number[],
  options: RandomSplitOptions = {},
): Subset<S>[] {
  if (arguments.length > 3) throw surplusArguments("randomSplit(dataset, lengths, options?)", arguments.length);
  const whole = asDataset("randomSplit", dataset);
  const wayOut = "Give the sizes of the parts, or their shares, in one array: [0.8, 0.2].";
  checkList("randomSplit", lengths, { name: "lengths", position: 2, wayOut });
  checkOptions("randomSplit", options, ["generator"]);
  const sum = lengths.reduce((total, length) => total + length, 0);
  const counts = sum <= 1 && sum > 1 - 1e-9 ? shares(lengths, whole.length) : lengths;
  const total = counts.reduce((all, count) => all + count, 0);
  if (total !== whole.length || counts.some((count) => !Number.isInteger(count) || count < 0)) {
    throw new ValueError(
      "randomSplit",
      "Sum of input lengths does not equal the length of the input dataset!",
      "",
      `Got [${lengths.join(", ")}] for ${whole.length} samples: give whole numbers that add up to that, or fractions that add up to 1.`,
    );
  }
  const order = randperm(total, {
    dtype: "int32",
    generator: options.generator ?? defaultGenerator(),
  }).toTypedArraySync() as Int32Array;
  let start = 0;
  return counts.map((count) => {
    start += count;
    return new Subset(whole, order.slice(start - count, start));
  });
}

function shares(fractions: readonly number[], length: number): number[] {
  const counts = fractions.map((fraction, i) => {
    if (fraction >= 0 && fraction <= 1) return Math.floor(length * fraction);
    throw new ValueError(
      "randomSplit",
      `Fraction at index ${i} is not between 0 and 1`,
      `it is ${fraction}`,
      "Fractions are shares of the whole.",
    );
  });
  const left = length - counts.reduce((total, count) => total + count, 0);
  for (let i = 0; i < left; i++) counts[i % counts.length] = (counts[i % counts.length] as number) + 1;
  counts.forEach((count, i) => {
    if (count === 0) warn(`Length of split at index ${i} is 0. This might result in an empty dataset.`);
  });
  return counts;
}
