import { expect, test } from "vitest";
import * as index from "./index.ts";

test("what the apps share", () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "ACTIVATIONS",
      "CNN_CONFIG",
      "ConvNet",
      "DATASETS",
      "DEFAULT_CONFIG",
      "INITS",
      "LAYERS",
      "MLP_ONLY",
      "MODELS",
      "Net",
      "Net2",
      "OPTIMIZERS",
      "epochLine",
      "inferForm",
      "initialize",
      "loadSets",
      "makeIngredients",
      "makeNet",
      "makeOptimizer",
      "makeTrainer",
      "mnistTransform",
      "rebuildNet",
      "sweepTable",
    ]
  `);
});
