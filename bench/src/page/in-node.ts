import { device } from "@kindling/backends";
import { DEFAULT_CONFIG, loadSets, makeIngredients, makeTrainer, type TrainingConfig } from "@kindling/recipes";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

// The training that the page does, in Node, unwatched.

const { root, device: name, epochs } = contestantOptions();
const config: TrainingConfig = { ...DEFAULT_CONFIG, epochs, seed: 123 };
const ingredients = makeIngredients(config, await loadSets("mnist", { root }));
let elapsed = stopwatch();
const trainer = makeTrainer(config, ingredients, {
  device: await device(name),
  callbacks: [
    {
      name: "Clock",
      onEpochStart() {
        elapsed = stopwatch();
      },
      onValidationStart({ batches }) {
        report({ stepsPerSecond: (batches ?? 0) / elapsed().seconds });
      },
    },
  ],
});
await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs });
