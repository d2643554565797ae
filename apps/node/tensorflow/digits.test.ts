import { device } from "@kindling/backends";
import { DEFAULT_CONFIG, loadSets, makeIngredients, makeTrainer } from "@kindling/recipes";
import { expect, test } from "vitest";
import { mnistRoot } from "../src/testing/command.ts";

/** Loss and accuracy of a seeded epoch of 20 batches of digits. */
async function epochOn(name: string): Promise<number[]> {
  const sets = await loadSets("mnist", { root: mnistRoot(), download: false });
  const config = { ...DEFAULT_CONFIG, seed: 123, batchSize: 3000 };
  const ingredients = makeIngredients(config, sets);
  const trainer = makeTrainer(config, ingredients, { device: await device(name) });
  const history = await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs: 1 });
  return history.toCsv().split("\n")[1]?.split(",").map(Number) as number[];
}

test("seeded digits come to the numbers of wasm", async () => {
  const [tensorflow, wasm] = [await epochOn("tensorflow"), await epochOn("wasm")];
  expect(tensorflow.length).toBeGreaterThan(3);
  tensorflow.forEach((number, i) => {
    expect(Math.abs(number - (wasm[i] as number))).toBeLessThanOrEqual(2e-4);
  });
});
