import { expect, test } from "vitest";
import { syntheticDigits } from "./synthetic-digits.ts";

test("images are bytes, and each digit comes as often as every other", () => {
  const [images, labels] = syntheticDigits(20, 1).tensors;
  expect([images.shape, images.dtype]).toEqual([[20, 1, 28, 28], "uint8"]);
  expect(labels.toListSync()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("every digit has ink, and paper around it", () => {
  const pixels = syntheticDigits(100, 1).tensors[0].toTypedArraySync();
  for (let i = 0; i < 100; i++) {
    const image = pixels.subarray(i * 784, (i + 1) * 784);
    const inked = image.filter((value) => value > 127).length;
    expect(inked).toBeGreaterThan(20);
    expect(inked).toBeLessThan(300);
    expect(Math.max(...image.subarray(0, 28))).toBe(0);
  }
});

test("the same seed gives the same digits, another seed others", () => {
  const [one, same, other] = [1, 1, 2].map((seed) => [...syntheticDigits(10, seed).tensors[0].toTypedArraySync()]);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});
