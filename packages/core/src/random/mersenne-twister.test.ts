import { expect, test } from "vitest";
import { MersenneTwister } from "./mersenne-twister.ts";

function seeded(seed: bigint): MersenneTwister {
  const engine = new MersenneTwister();
  engine.reseed(seed);
  return engine;
}

test("the ten-thousandth word of the default seed is the one of the C++ standard", () => {
  const engine = seeded(5489n);
  const words = new Uint32Array(10000);
  engine.fill(words);
  expect(words[0]).toBe(3499211612);
  expect(words[9999]).toBe(4123659995);
  expect([engine.left, engine.next]).toEqual([609, 16]);
});

test("filling and drawing are the same, wherever a block ends", () => {
  for (const count of [0, 1, 2, 622, 623, 624, 625, 1247, 1248, 1249]) {
    const one = seeded(9n);
    const bulk = seeded(9n);
    for (const before of [0, 1, 623]) {
      for (let i = 0; i < before; i++) expect(bulk.draw()).toBe(one.draw());
      const words = new Uint32Array(count);
      bulk.fill(words);
      expect([...words]).toEqual(Array.from({ length: count }, () => one.draw()));
      expect([bulk.left, bulk.next]).toEqual([one.left, one.next]);
    }
  }
});

test("only the low 32 bits of a seed matter to the words", () => {
  expect(seeded(2n ** 40n + 5n).draw()).toBe(seeded(5n).draw());
  expect(seeded(2n ** 40n + 5n).seed).toBe(2n ** 40n + 5n);
});
