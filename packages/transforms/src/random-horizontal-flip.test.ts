import { manualSeed, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { RandomHorizontalFlip } from "./random-horizontal-flip.ts";
import golden from "./transforms.golden.json";

describe("RandomHorizontalFlip", () => {
  test.each(["uint8", "float32"] as const)("flips when torchvision flips (%s)", (dtype) => {
    const image = tensor([[1, 2, 3]], { dtype });
    for (const { p, seed, flipped } of golden.randomHorizontalFlip) {
      const transform = new RandomHorizontalFlip(p);
      manualSeed(seed);
      const results = flipped.map(() => transform.apply(image).toListSync());
      expect(results).toEqual(flipped.map((turned) => [turned ? [3, 2, 1] : [1, 2, 3]]));
    }
  });

  test("refuses what is no probability", () => {
    expect(() => new RandomHorizontalFlip(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomHorizontalFlip: \`p\` should be a floating point value in the interval [0.0, 1.0]. It is 1.5: 0 never flips, 1 always does.]`,
    );
  });
});
