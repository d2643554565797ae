import { describe, expect, test } from "vitest";
import { CenterCrop } from "./center-crop.ts";
import { distance, goldenImage } from "./testing/golden-images.ts";
import golden from "./transforms.golden.json";

describe("CenterCrop", () => {
  test.each(["pil", "float32"] as const)("is torchvision's (%s)", (path) => {
    const rows = golden.centerCrop.filter((row) => row.path === path);
    expect(rows.length).toBeGreaterThan(20);
    for (const { image, size, output } of rows) {
      const out = new CenterCrop(size).apply(goldenImage(image, path));
      expect(distance(out, output), JSON.stringify([image, size])).toBe(0);
    }
  });

  test("refuses sizes that make no sense", () => {
    expect(() => new CenterCrop([1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: CenterCrop: Please provide only two dimensions (h, w) for size. Got [1, 2, 3]: give one number for a square, or [height, width].]`,
    );
    expect(() => new CenterCrop([])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: CenterCrop: Please provide only two dimensions (h, w) for size. Got []: give one number for a square, or [height, width].]`,
    );
    expect(() => new CenterCrop(2.5)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: CenterCrop: height and width must be > 0: got 2.5. Give whole numbers above 0.]`,
    );
  });
});
