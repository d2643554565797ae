import { describe, expect, test } from "vitest";
import { formatConfig, parseConfig, pickConfig } from "./run-config.ts";

const asked = {
  dataset: "mnist",
  epochs: 3,
  init: "default",
  optimizer: "sgd",
  seed: 1,
  root: "data",
  device: "wasm",
} as const;

describe("the configuration of a run", () => {
  test("has what the network asked for has, where nothing was given", () => {
    expect(pickConfig({ ...asked, model: "mlp", layers: 2 })).toEqual({
      ...asked,
      model: "mlp",
      batchSize: 500,
      lr: 0.01,
      optimizer: "sgd",
      hidden: 128,
      layers: 2,
      activation: "relu",
    });
    expect(pickConfig({ ...asked, model: "cnn", lr: 0.5 })).toEqual({ ...asked, model: "cnn", batchSize: 64, lr: 0.5 });
  });

  test("comes back as it was written", () => {
    for (const model of ["mlp", "cnn"] as const) {
      const config = pickConfig({ ...asked, model, seed: 2n ** 63n });
      expect(parseConfig(formatConfig(config), "config.json")).toEqual(config);
    }
  });

  test("of a run before there were several networks is an mlp's", () => {
    const { model, ...older } = pickConfig({ ...asked, model: "mlp" });
    expect(parseConfig(JSON.stringify(older), "config.json")).toEqual({ ...older, model });
  });

  test("says what is wrong with it", () => {
    const parse = (config: object) => () => parseConfig(JSON.stringify(config), "config.json");
    expect(parse({ ...asked, model: "rnn" })).toThrow("config.json: model is rnn. Allowed choices are mlp, cnn.");
    expect(parse({ ...asked, model: "cnn", batchSize: 64 })).toThrow("config.json has no lr");
  });
});
