import { expect, test } from "vitest";
import { bernoulli, bernoulliEach } from "./bernoulli.ts";
import { Generator } from "./generator.ts";

test("one probability takes two words an element, however many elements", () => {
  for (const n of [1, 2047, 2048, 2049, 5000]) {
    const generator = new Generator(4);
    const single = new Generator(4);
    expect(bernoulli(generator, n, 0.3)).toEqual(Uint8Array.from({ length: n }, () => +(single.random53() < 0.3)));
    expect(generator.random32()).toBe(single.random32());
  }
});

test("a probability for each takes one word an element", () => {
  const generator = new Generator(4);
  const single = new Generator(4);
  expect(bernoulliEach(generator, [0.3, 0.3, 0.3])).toEqual(
    Uint8Array.from({ length: 3 }, () => +(single.random24() < 0.3)),
  );
});

test("0 is never, 1 always", () => {
  expect(bernoulli(new Generator(0), 1000, 0)).toEqual(new Uint8Array(1000));
  expect(bernoulli(new Generator(0), 1000, 1)).toEqual(new Uint8Array(1000).fill(1));
});

test("what is no probability is refused in PyTorch's words", () => {
  expect(() => bernoulli(new Generator(0), 3, 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: bernoulli: bernoulli_ expects p to be in [0, 1], but got p=1.5. A probability is meant.]`,
  );
  expect(() => bernoulli(new Generator(0), 3, Number.NaN)).toThrow("bernoulli_ expects p to be in [0, 1]");
  expect(() => bernoulliEach(new Generator(0), [0.5, 2])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: bernoulli: Expected p_in >= 0 && p_in <= 1 to be true, but got false: element 1 is 2. Every probability must be in [0, 1].]`,
  );
});
