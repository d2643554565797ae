import { arange, manualSeed, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { RandomRotation, type RandomRotationOptions } from "./random-rotation.ts";
import { distance, goldenImage } from "./testing/golden-images.ts";
import golden from "./transforms.golden.json";

describe("RandomRotation", () => {
  test.each([
    ["pil", 0],
    ["float32", 3e-6],
  ] as const)("is torchvision's (%s)", (way, tolerance) => {
    const rows = golden.randomRotation.filter((row) => row.path === way);
    expect(rows.length).toBeGreaterThan(30);
    for (const { image, path: _, seed, degrees, outputs, ...options } of rows) {
      const transform = new RandomRotation(degrees, options as RandomRotationOptions);
      manualSeed(seed);
      for (const output of outputs) {
        const turned = transform.apply(goldenImage(image, way));
        // A share of the largest number, which the fill may be. Positions are float32 here, and float64 inside the golden file's sampler.
        const scale = Math.max(1, ...output.data);
        const off = distance(turned, output) / scale;
        expect(off, JSON.stringify([image, degrees, options])).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  test("takes the even pixel where two are equally near, as PyTorch", () => {
    const image = arange(1, 10).to("float32").view(1, 3, 3);
    const turned = new RandomRotation(90, { center: [0.5, 1] }).applyParams(image, 90);
    expect(turned.toListSync()).toEqual([
      [
        [1, 7, 7],
        [1, 7, 7],
        [0, 0, 0],
      ],
    ]);
  });

  test("rounds positions as Pillow", () => {
    const image = arange(1, 17).to("uint8").view(4, 4);
    expect(new RandomRotation(45).applyParams(image, 45).toListSync()).toEqual([
      [0, 3, 8, 0],
      [2, 7, 11, 12],
      [5, 10, 11, 15],
      [0, 9, 14, 0],
    ]);
    expect(new RandomRotation(45, { interpolation: "bicubic" }).applyParams(image, 45).toListSync()).toEqual([
      [0, 3, 6, 0],
      [1, 5, 9, 13],
      [3, 7, 11, 15],
      [0, 10, 13, 0],
    ]);
  });

  test("draws torchvision's angles", () => {
    for (const { degrees, seed, angles } of golden.angles) {
      manualSeed(seed);
      expect(angles.map(() => new RandomRotation(degrees).makeParams())).toEqual(angles);
    }
  });

  test("refuses arguments that make no sense", () => {
    const image = zeros([1, 4, 4]);
    expect(() => new RandomRotation(-1)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: If degrees is a single number, it must be positive. It is -1: give the largest angle, or [low, high].]`,
    );
    expect(() => new RandomRotation([1])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: degrees should be a sequence of length 2. It is [1]: write [low, high].]`,
    );
    // @ts-expect-error a string is no angle
    expect(() => new RandomRotation("a lot")).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: degrees should be a sequence of length 2. It is "a lot": write [low, high].]`,
    );
    // @ts-expect-error a centre has two numbers
    expect(() => new RandomRotation(1, { center: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: center should be a sequence of length 2. It is [1]: write [x, y].]`,
    );
    // @ts-expect-error a string is no colour
    expect(() => new RandomRotation(1, { fill: "black" })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: Fill should be either a sequence or a number. It is "black": give one number, or one for each channel.]`,
    );
    expect(() => new RandomRotation(1, { fill: [1, 2] }).apply(image)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: The number of elements in 'fill' cannot broadcast to match the number of channels of the image (2 != 1). Give one number, or one for each channel.]`,
    );
    expect(() => new RandomRotation(1, { fill: [1, 2] }).apply(image.to("uint8"))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: The number of elements in 'fill' does not match the number of channels of the image (2 != 1). Give one number, or one for each channel.]`,
    );
    expect(() => new RandomRotation(1, { interpolation: "bicubic" }).apply(image)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: RandomRotation: Interpolation mode 'bicubic' is unsupported with Tensor input: the dtype is float32. Put it before ToTensor(), or use "bilinear".]`,
    );
  });
});

test("an option that does not exist is refused", () => {
  expect(() => new RandomRotation(3, { centre: [1, 1] } as object)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: RandomRotation: RandomRotation.__init__() got an unexpected keyword argument 'centre'. Did you mean center? Its options are: interpolation, expand, center, fill.]`,
  );
});
