import { describe, expect, test } from "vitest";
import { FIELDS } from "../settings/fields.ts";
import { LIMITS } from "../settings/limits.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings/settings.ts";
import { isDamaged, readRun } from "./read-run.ts";
import { newRun, type Run, withPoint } from "./run.ts";

/** With something in every field, as a training leaves it. */
const run: Run = {
  ...newRun("a", 1, { ...DEFAULT_SETTINGS, lr: 0.1 }),
  device: "wasm",
  startsFrom: { id: "b", file: "model.safetensors" },
  rows: [
    { epoch: 1, trainLoss: Number.NaN, trainAcc: 0.5, valLoss: Number.POSITIVE_INFINITY, valAcc: 0.5, valF1: 0.5 },
  ],
  curve: [
    { x: 0.5, loss: 1 },
    { x: 1, loss: Number.NaN, acc: 0.5 },
  ],
  layers: ["l1", "l2"],
  gradients: [{ x: 1, sizes: [0.1, Number.NaN] }],
  predictions: new Uint8Array([7, 2]),
  confidences: new Uint8Array([255, 0]),
};

/** The path of what is damaged in what was kept; undefined where it is a run. */
function damageOf(kept: unknown): string | undefined {
  const read = readRun("a", kept);
  return isDamaged(read) ? read.field : undefined;
}

test("a run comes back as it was kept", () => {
  expect(readRun("a", structuredClone(run))).toEqual(run);
  const uploaded = { ...newRun("a", 1, DEFAULT_SETTINGS, "model.safetensors"), status: "done" };
  expect(readRun("a", structuredClone(uploaded))).toEqual(uploaded);
});

test("a setting that an older page did not have is the notes', and what a newer one adds is left out", () => {
  const { optimizer, ...older } = run.settings;
  expect(readRun("a", { ...run, settings: { ...older, colour: "red" }, extra: 1 })).toEqual(run);
});

test.each([null, undefined, "run", 7, []])("what is no record is damaged as a whole: %j", (kept) => {
  expect(readRun("a", kept)).toEqual({ key: "a", number: null, file: null, field: expect.any(String) });
});

test("a damaged run is still called by its number and its file", () => {
  expect(readRun("a", { ...run, number: 3, file: "x.safetensors", rows: null })).toEqual({
    key: "a",
    number: 3,
    file: "x.safetensors",
    field: "rows",
  });
  expect(readRun("a", { ...run, number: "3", file: 7 })).toMatchObject({ number: null, file: null, field: "number" });
});

describe("names that every object has, and nothing at all, are no values", () => {
  const ODD = ["constructor", "__proto__", "toString", "", null, undefined, {}, [], true, -1, 0.5];
  /** Fields in which one of these is right. */
  const MAY: Readonly<Record<string, readonly unknown[]>> = {
    id: ["constructor", "__proto__", "toString", ""],
    file: ["constructor", "__proto__", "toString", "", null],
    device: ["constructor", "__proto__", "toString", "", null],
    created: [-1, 0.5],
    rows: [[]],
    curve: [[]],
    layers: [[]],
    gradients: [[]],
    predictions: [null],
    confidences: [null],
    // Neither has anything that breaks a rule: all settings are the notes'.
    settings: [{}, []],
    "settings.lr": [0.5],
  };

  test.each(Object.keys(run))("as %s", (name) => {
    for (const odd of ODD) {
      const isRight = (MAY[name] ?? []).some((value) => JSON.stringify(value) === JSON.stringify(odd));
      const damage = damageOf({ ...run, [name]: odd });
      if (isRight) expect([odd, damage]).toEqual([odd, undefined]);
      else expect([odd, damage]).toEqual([odd, expect.stringMatching(new RegExp(`^${name}\\b`))]);
    }
  });

  test.each(Object.keys(FIELDS))("as the setting %s", (name) => {
    for (const odd of ODD) {
      // Undefined is a setting that an older page did not have.
      const isRight = odd === undefined || (MAY[`settings.${name}`] ?? []).includes(odd);
      const damage = damageOf({ ...run, settings: { ...run.settings, [name]: odd } });
      expect([odd, damage]).toEqual([odd, isRight ? undefined : `settings.${name}`]);
    }
  });

  test("as names of fields that there are not", () => {
    const more = JSON.parse('{ "constructor": 1, "__proto__": { "polluted": 1 }, "toString": 1, "": 1 }') as object;
    expect(readRun("a", { ...run, ...more, settings: { ...run.settings, ...more } })).toEqual(run);
    expect(readRun("a", { ...run, rows: JSON.parse('[{"__proto__": {"epoch": 1}}]') })).toMatchObject({
      field: "rows.0.epoch",
    });
  });
});

test.each<[string, object]>([
  ["rows.0", { rows: [null] }],
  ["rows.0.valLoss", { rows: [{ ...run.rows[0], valLoss: "1" }] }],
  ["rows.0.valF1", { rows: [{ ...run.rows[0], valF1: "1" }] }],
  ["curve.1.acc", { curve: [run.curve[0], { x: 1, loss: 1, acc: null }] }],
  ["curve", { curve: Array.from({ length: LIMITS.points + 1 }, () => run.curve[0]) }],
  ["layers.1", { layers: ["l1", {}] }],
  ["gradients.0.sizes.1", { gradients: [{ x: 1, sizes: [1, "2"] }] }],
  ["startsFrom", { startsFrom: null }],
  ["startsFrom.file", { startsFrom: { id: "b", file: 7 } }],
  ["number", { number: Number.MAX_SAFE_INTEGER }],
  ["predictions", { predictions: [7] }],
  ["predictions", { predictions: new Uint8Array([10]) }],
  ["confidences", { confidences: new Uint8Array(LIMITS.testImages + 1) }],
])("%s is damaged", (field, damage) => {
  expect(damageOf({ ...run, ...damage })).toBe(field);
});

test("what the page accepts it restores: every setting at its limits, and as many moments as a run keeps", () => {
  const most: Settings = {
    ...run.settings,
    hidden: LIMITS.hidden,
    batchSize: LIMITS.batchSize,
    lr: LIMITS.lr,
    epochs: LIMITS.epochs,
  };
  expect(damageOf({ ...run, settings: most })).toBeUndefined();
  for (const name of ["hidden", "batchSize", "lr", "epochs"] as const) {
    expect(damageOf({ ...run, settings: { ...most, [name]: most[name] + 1 } })).toBe(`settings.${name}`);
  }
  let { curve } = run;
  for (let x = 0; x < 3 * LIMITS.points; x++) {
    curve = withPoint(curve, { x, loss: x });
    if (x % 97 === 0) expect(damageOf({ ...run, curve })).toBeUndefined();
  }
});
