import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { multinomial } from "./multinomial.ts";

const generator = () => new Generator(0);

test("columns of weight 0 are not drawn", () => {
  expect(new Set(multinomial(generator(), [0, 1, 0, 2], 1, 4, 200, true))).toEqual(new Set([1, 3]));
  expect(multinomial(generator(), [0, 1, 0, 0], 1, 4, 1)[0]).toBe(1);
});

test("without replacement no column is drawn twice in a row", () => {
  const drawn = multinomial(generator(), new Float32Array(20).fill(1), 2, 10, 10);
  for (const row of [drawn.subarray(0, 10), drawn.subarray(10)]) expect(new Set(row).size).toBe(10);
});

test("weights and numbers that make no sense are refused in PyTorch's words", () => {
  const draw =
    (weights: number[], samples: number, replacement = false) =>
    () =>
      multinomial(generator(), weights, 1, weights.length, samples, replacement);
  expect(draw([1, 1, 1], 0)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: multinomial: cannot sample n_sample <= 0 samples: 0 samples of 3 categories. Ask for at least one.]`,
  );
  expect(draw([1, 1, 1], 4)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: multinomial: cannot sample n_sample > prob_dist.size(-1) samples without replacement: 4 samples of 3 categories. Ask for fewer, or pass { replacement: true }.]`,
  );
  expect(draw([0, 0], 1)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: multinomial: invalid multinomial distribution (sum of probabilities <= 0): row 0 adds up to 0. Weights are finite, not negative, and not all 0.]`,
  );
  expect(draw([1, -2], 1)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: multinomial: probability tensor contains either \`inf\`, \`nan\` or element < 0: row 0 has -2. Weights are finite, not negative, and not all 0.]`,
  );
  expect(draw([1, Number.NaN], 1)).toThrow("probability tensor contains either `inf`, `nan` or element < 0");
  expect(draw([1, -2], 2, true)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: multinomial: invalid multinomial distribution (encountering probability entry < 0): row 0 has -2. Weights are finite, not negative, and not all 0.]`,
  );
  expect(draw([1, Number.POSITIVE_INFINITY], 2, true)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: multinomial: invalid multinomial distribution (encountering probability entry = infinity or NaN): row 0 has Infinity. Weights are finite, not negative, and not all 0.]`,
  );
  expect(draw([0, 0], 2, true)).toThrow("invalid multinomial distribution (sum of probabilities <= 0)");
  const many = { length: 2 ** 24 + 1 } as ArrayLike<number>;
  expect(() => multinomial(generator(), many, 1, many.length, 1)).toThrow("number of categories cannot exceed 2^24");
});
