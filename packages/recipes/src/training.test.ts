import { cpu, defaultGenerator, fromBuffer, Generator, manualSeed } from "@kindling/core";
import { MNIST } from "@kindling/datasets";
import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "./config.ts";
import type { DigitSets } from "./digit-sets.ts";
import { mnistTransform } from "./mnist-transform.ts";
import { makeIngredients, makeTrainer } from "./training.ts";

/** A few images of noise in the place of MNIST. */
function tinySets(): DigitSets {
  const generator = new Generator(0);
  const half = (train: boolean, length: number) => {
    const data = fromBuffer(
      Uint8Array.from({ length: length * 16 }, () => generator.random32() & 255),
      [length, 4, 4],
    );
    const targets = fromBuffer(
      Int32Array.from({ length }, (_, i) => i % 10),
      [length],
    );
    return new MNIST({ root: "", train, data, targets, transform: mnistTransform() });
  };
  return { train: half(true, 50), test: half(false, 20) };
}

const config = { ...DEFAULT_CONFIG, seed: 7, hidden: 5, batchSize: 20, lr: 0.5 };

test("draws the network first, and nothing else before the first epoch", () => {
  const { net } = makeIngredients(config, tinySets());
  const after = defaultGenerator().random32();
  const again = makeIngredients(config, tinySets()).net;
  expect(defaultGenerator().random32()).toBe(after);
  expect(again.stateDict()["l1.weight"]?.equal(net.stateDict()["l1.weight"] as never)).toBe(true);
});

test("the seed decides everything, what was drawn before nothing", async () => {
  const run = async () => {
    const ingredients = makeIngredients(config, tinySets());
    const trainer = makeTrainer(config, ingredients, { device: cpu });
    return (await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs: 2 })).toCsv();
  };
  const first = await run();
  manualSeed(99);
  expect(await run()).toBe(first);
  expect(first.split("\n").length).toBe(4);
});
