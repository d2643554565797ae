import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { readRun } from "./read-run.ts";
import { newRun } from "./run.ts";

const run = newRun("a", 1, { ...DEFAULT_SETTINGS, lr: 0.1 });

test("a run comes back as it was kept", () => {
  expect(readRun(structuredClone(run))).toEqual(run);
});

test("a setting that an older page did not have is the notes'", () => {
  const { optimizer, ...older } = run.settings;
  expect(readRun({ ...run, settings: older })?.settings.optimizer).toBe("sgd");
});

test.each([
  null,
  "run",
  {},
  { id: "a" },
  { ...run, rows: null },
  { ...run, curve: undefined },
  { ...run, number: "1" },
  { ...run, status: "lost" },
  { ...run, predictions: [7] },
  { ...run, settings: { ...run.settings, hidden: "many" } },
  { ...run, settings: { ...run.settings, model: "rnn" } },
])("what is no run is none: %j", (kept) => {
  expect(readRun(kept)).toBeUndefined();
});
