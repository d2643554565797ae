import { expect, test } from "vitest";
import * as index from "./index.ts";

test("what the apps share", () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "ACTIVATIONS",
      "DATASETS",
      "DEFAULT_CONFIG",
      "INITS",
      "LAYERS",
      "Net",
      "Net2",
      "epochLine",
      "inferForm",
      "initialize",
      "loadSets",
      "makeIngredients",
      "makeNet",
      "makeTrainer",
      "mnistTransform",
      "sweepTable",
    ]
  `);
});
