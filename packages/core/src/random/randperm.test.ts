import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { randperm } from "./randperm.ts";

test("shuffles 60000 numbers, each of them once", () => {
  const order = randperm(new Generator(0), 60000);
  expect(order.slice(0, 3)).not.toEqual(Int32Array.of(0, 1, 2));
  expect(order.slice().sort()).toEqual(Int32Array.from({ length: 60000 }, (_, i) => i));
});

test("draws one word fewer than there are numbers", () => {
  for (const n of [0, 1, 2, 4096, 4097, 4098, 10000]) {
    const generator = new Generator(0);
    randperm(generator, n);
    const words = new Generator(0).fill32(new Uint32Array(Math.max(n, 1)));
    expect(generator.random32()).toBe(words[Math.max(n - 1, 0)]);
  }
});

test("a number of numbers that makes no sense is refused in PyTorch's words", () => {
  expect(() => randperm(new Generator(0), -1)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: randperm: Trying to create tensor with negative dimension -1: [-1]. n is how many numbers to shuffle.]`,
  );
  expect(() => randperm(new Generator(0), 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: randperm: randperm(): argument 'n' (position 1) must be int, not float: 1.5]`,
  );
});
