import { device } from "@kindling/backends";
import { DEFAULT_CONFIG, loadSets, makeIngredients, makeTrainer } from "@kindling/recipes";
import type { Callback } from "@kindling/trainer";
import { contestantOptions } from "../run/contestant-options.ts";
import { reportMemory } from "./report-memory.ts";

const { root, device: name, epochs } = contestantOptions();
const config = { ...DEFAULT_CONFIG, epochs, seed: 123 };
const target = await device(name);
const ingredients = makeIngredients(config, await loadSets("mnist", { root }));
const scales: Callback = { name: "Scales", onEpochEnd: ({ history }) => reportMemory(history.length) };
const trainer = makeTrainer(config, ingredients, { device: target, callbacks: [scales] });
await trainer.fit(ingredients.trainLoader, ingredients.testLoader, { epochs });
