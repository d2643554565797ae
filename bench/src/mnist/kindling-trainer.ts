import { device } from "@kindling/backends";
import { DEFAULT_CONFIG, loadSets, makeIngredients, makeTrainer, type TrainingConfig } from "@kindling/recipes";
import type { Callback } from "@kindling/trainer";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

// The seed's program by way of `Trainer`, as the command runs it.

const { root, device: name, epochs, ...options } = contestantOptions();
const config: TrainingConfig = { ...DEFAULT_CONFIG, epochs, seed: 123 };
const target = await device(name, options);
const ingredients = makeIngredients(config, await loadSets("mnist", { root }));

let elapsed = stopwatch();
let span = elapsed();
const clock: Callback = {
  name: "Clock",
  onEpochStart() {
    elapsed = stopwatch();
  },
  onValidationStart() {
    span = elapsed();
  },
  onEpochEnd({ history }) {
    const { epoch, trainLoss, trainAcc, valLoss, valAcc } = history.at(-1) as NonNullable<
      ReturnType<typeof history.at>
    >;
    report({ epoch, ...span, trainLoss, trainAcc, valLoss, valAcc });
  },
};
const trainer = makeTrainer(config, ingredients, { device: target, callbacks: [clock] });
await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs });
