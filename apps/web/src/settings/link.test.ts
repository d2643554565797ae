import { expect, test } from "vitest";
import { fromLink, toLink } from "./link.ts";
import { configOf, DEFAULT_SETTINGS, withModel } from "./settings.ts";

test("a link carries what differs from the notes' settings, and comes back", () => {
  expect(toLink(DEFAULT_SETTINGS)).toBe("");
  const settings = { ...DEFAULT_SETTINGS, batchSize: 50, layers: 2, seed: "18446744073709551615", lr: 0 } as const;
  expect(toLink(settings)).toBe("layers=2&batchSize=50&lr=0&seed=18446744073709551615");
  expect(fromLink(`#${toLink(settings)}`)).toEqual(settings);
});

test("what cannot be is left as the notes have it", () => {
  const odd =
    "#batchSize=0&lr=-1&hidden=1.5&epochs=1e9&seed=x&device=abacus&model=rnn&layers=3&stray=1&activation=sigmoid";
  expect(fromLink(odd)).toEqual({ ...DEFAULT_SETTINGS, activation: "sigmoid" });
});

test("a data set that the site does not carry is left as the notes have it", () => {
  expect(fromLink("#dataset=fashion-mnist&lr=1", ["mnist"])).toEqual({ ...DEFAULT_SETTINGS, lr: 1 });
  expect(fromLink("#dataset=fashion-mnist").dataset).toBe("fashion-mnist");
});

test("a configuration has what the network has, and a seed that doubles cannot hold in full", () => {
  expect(configOf({ ...DEFAULT_SETTINGS, seed: "9007199254740993" }).seed).toBe(9007199254740993n);
  expect(configOf(DEFAULT_SETTINGS)).toMatchObject({ seed: 123, hidden: 128, lr: 0.01 });
  expect(configOf({ ...DEFAULT_SETTINGS, model: "cnn" })).not.toHaveProperty("hidden");
});

test("another kind of network brings its batch size and rate, unless these were chosen", () => {
  const cnn = withModel(DEFAULT_SETTINGS, "cnn");
  expect([cnn.batchSize, cnn.lr]).toEqual([64, 0.1]);
  expect(withModel(cnn, "mlp")).toEqual(DEFAULT_SETTINGS);
  expect(withModel({ ...DEFAULT_SETTINGS, batchSize: 50 }, "cnn").batchSize).toBe(50);
});
