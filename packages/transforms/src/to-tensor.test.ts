import { fromBuffer, tensor, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { ToTensor } from "./to-tensor.ts";
import golden from "./transforms.golden.json";

describe("ToTensor", () => {
  test("gives PyTorch's floats", () => {
    const rows = golden.conversions.filter(({ transform }) => transform === "new ToTensor()");
    expect(rows.length).toBeGreaterThan(3);
    for (const { input, output } of rows) {
      const image = fromBuffer(Uint8Array.from(input.data), input.shape);
      // An image with channels comes as [H, W, C] there.
      const out = new ToTensor().apply(image.ndim === 3 ? image.permute(2, 0, 1) : image);
      expect(out.shape).toEqual(output.shape);
      expect(out.toTypedArraySync()).toEqual(Float32Array.from(output.data));
    }
  });

  test("takes what is no image for a mistake", () => {
    expect(() => new ToTensor().apply(tensor([[0.5]]))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: ToTensor: pic should be PIL Image or ndarray. Got <class 'torch.Tensor'>: an image here is a uint8 tensor, and this one is float32. Use ToTensor once, and first: what it gives is a float tensor already.]`,
    );
    expect(() => new ToTensor().apply(zeros([4], { dtype: "uint8" }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ToTensor: pic should be 2/3 dimensional. Got 1 dimensions. An image is [H, W] or [C, H, W].]`,
    );
    expect(() => new ToTensor().batch(zeros([1, 1, 1, 2, 2], { dtype: "uint8" }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ToTensor: pic should be 2/3 dimensional. Got 4 dimensions. An image is [H, W] or [C, H, W].]`,
    );
  });
});
