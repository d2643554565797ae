import { fromBuffer, ones, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { Compose } from "./compose.ts";
import { Lambda } from "./lambda.ts";
import { Normalize } from "./normalize.ts";
import { ToTensor } from "./to-tensor.ts";
import golden from "./transforms.golden.json";

describe("Normalize", () => {
  test("gives PyTorch's floats", () => {
    const rows = golden.conversions.filter(({ transform }) => transform === "Normalize");
    expect(rows.length).toBeGreaterThan(4);
    for (const { input, output, mean, std } of rows) {
      const image = fromBuffer(Float32Array.from(input.data), input.shape);
      const out = new Normalize(mean as number, std as number).apply(image);
      expect(out.toTypedArraySync()).toEqual(Float32Array.from(output.data));
    }
  });

  test.each(golden.tables)(
    "makes of each byte what PyTorch makes of it: mean $mean, std $std",
    ({ mean, std, table }) => {
      const everyByte = fromBuffer(
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
        [16, 16],
      );
      const transform = new Compose([new ToTensor(), new Normalize(mean, std), new Lambda((x) => x.view(-1))]);
      expect(transform.apply(everyByte).toTypedArraySync()).toEqual(Float32Array.from(table));
      expect(transform.batch(everyByte.unsqueeze(0)).toTypedArraySync()).toEqual(Float32Array.from(table));
    },
  );

  test("the same number for all channels is one number, and waits", () => {
    const bytes = zeros([2, 3, 4, 4], { dtype: "uint8" });
    const out = new Normalize([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]).batch(new ToTensor().batch(bytes));
    expect(out.storage.host?.steps).not.toBeNull();
    expect(out.toTypedArraySync().every((value) => value === -2)).toBe(true);
  });

  test("refuses what PyTorch refuses", () => {
    const image = zeros([1, 28, 28]);
    const half = (count: number): number[] => new Array<number>(count).fill(0.5);
    expect(() => new Normalize(0.5, 0.5).apply(image.to("uint8"))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: Normalize: Input tensor should be a float tensor. Got torch.uint8. Put ToTensor() before it.]`,
    );
    expect(() => new Normalize(0.5, 0.5).apply(image.to("uint8").view(28, 28))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: Normalize: img should be Tensor Image. Got <class 'PIL.Image.Image'>: it is uint8 [H, W], an image as a data set gives it. Put ToTensor() before it.]`,
    );
    expect(() => new Normalize(0.5, 0.5).apply(image.view(28, 28))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Normalize: Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = torch.Size([28, 28]). Normalize images before they are flattened; ToTensor() gives [1, H, W].]`,
    );
    expect(() => new Normalize(0.5, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Normalize: std evaluated to zero after conversion to torch.float32, leading to division by zero. It is 0: give the standard deviation of each channel, a number above 0.]`,
    );
    expect(() => new Normalize([0, 0, 0], [0, 1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Normalize: std evaluated to zero after conversion to torch.float32, leading to division by zero. It is [0, 1, 1]: give the standard deviation of each channel, a number above 0.]`,
    );
    expect(() => new Normalize(half(3), half(3)).apply(image)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Normalize: output with shape [1, 28, 28] doesn't match the broadcast shape [3, 28, 28]: 3 numbers for 1 channel. Give one number, or one for each channel.]`,
    );
    expect(() => new Normalize(half(3), half(3)).batch(ones([5, 1, 28, 28]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Normalize: output with shape [1, 28, 28] doesn't match the broadcast shape [3, 28, 28]: 3 numbers for 1 channel. Give one number, or one for each channel.]`,
    );
    expect(() => new Normalize(half(2), half(2)).apply(zeros([3, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Normalize: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0: 2 numbers for 3 channels. Give one number, or one for each channel.]`,
    );
  });
});

test("mean and std are numbers", () => {
  expect(() => new Normalize({ mean: 0.5, std: 0.5 } as never, undefined as never)).toThrow(
    "Normalize: mean must be a number, or one for each channel: got an object. Write new Normalize(0.5, 0.5).",
  );
  expect(() => new Normalize(0.5, undefined as never)).toThrow(
    "std must be a number, or one for each channel: got nothing",
  );
  expect(() => new Normalize([0.5, "0.5"] as never, 0.5)).toThrow("mean must be a number");
});
