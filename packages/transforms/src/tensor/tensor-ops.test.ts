import { autograd, fromBuffer, type Tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { CenterCrop } from "../center-crop.ts";
import { type InterpolationMode, RandomHorizontalFlip, RandomRotation, Resize } from "../index.ts";

const image = (): Tensor =>
  fromBuffer(
    Float32Array.from({ length: 2 * 7 * 5 }, (_, i) => ((i * 37) % 64) / 64),
    [2, 7, 5],
  );
const MODES: InterpolationMode[] = ["nearest", "nearest-exact", "bilinear", "bicubic"];

const CASES: Record<string, (x: Tensor) => Tensor> = {
  "CenterCrop to more and less": (x) => new CenterCrop([9, 2]).apply(x),
  RandomHorizontalFlip: (x) => new RandomHorizontalFlip(1).apply(x),
  "RandomHorizontalFlip of a batch": (x) => new RandomHorizontalFlip(1).batch(x.unsqueeze(0)),
  "RandomRotation, nearest": (x) => new RandomRotation(40, { fill: [0.5, 2] }).applyParams(x, 33),
  "RandomRotation, bilinear": (x) =>
    new RandomRotation(40, { interpolation: "bilinear", expand: true, fill: 3 }).applyParams(x, 33),
  ...Object.fromEntries(MODES.map((mode) => [`Resize, ${mode}`, resize(mode, true)])),
  "Resize, bilinear without antialias": resize("bilinear", false),
  "Resize, bicubic without antialias": resize("bicubic", false),
};

function resize(interpolation: InterpolationMode, antialias: boolean): (x: Tensor) => Tensor {
  return (x) => new Resize([4, 9], { interpolation, antialias }).apply(x);
}

describe("what is made of tensor ops, where gradients or a device ask for it", () => {
  test.each(Object.entries(CASES))("%s: is what loops make, and has a derivative", (_, transform) => {
    const x = image().requiresGrad_();
    const made = transform(x);
    const looped = transform(image());
    expect(made.shape).toEqual(looped.shape);
    const expected = looped.toTypedArraySync();
    made.toTypedArraySync().forEach((value: number, i: number) => {
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan(2e-6);
    });
    const [gradient] = autograd.grad(made.sum(), [x]);
    expect(gradient?.shape).toEqual(x.shape);
  });
});
