import type { HistoryRow } from "@kindling/trainer";
import * as v from "valibot";
import { LIMITS } from "../settings/limits.ts";
import { isSetting } from "../settings/link.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings/settings.ts";
import type { GradientPoint, LivePoint, Run } from "./run.ts";

/** A record that is no run as this page writes one: damaged, or written by another version of the page. It can only be deleted. */
export interface DamagedRun {
  /** What the database has it under. */
  readonly key: IDBValidKey;
  /** What it was called by, if that can still be read. */
  readonly number: number | null;
  readonly file: string | null;
  /** The path of the field that breaks its rule, `rows.2.valLoss`; empty where the record as a whole cannot be read. */
  readonly field: string;
}

/** A number as trainings have them: a loss may be NaN or infinite, which `v.number` refuses. */
const real = v.custom<number>((value) => typeof value === "number");
const count = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const runNumber = count(1, 1e9);
const fileName = v.nullable(v.string());

/** A setting that an older page did not have is the notes'. */
const setting = <K extends keyof Settings>(name: K) =>
  v.optional(
    v.custom<Settings[K]>((value) => isSetting(name, value)),
    () => DEFAULT_SETTINGS[name],
  );

const settings: v.GenericSchema<unknown, Settings> = v.object({
  dataset: setting("dataset"),
  model: setting("model"),
  layers: setting("layers"),
  hidden: setting("hidden"),
  activation: setting("activation"),
  batchSize: setting("batchSize"),
  lr: setting("lr"),
  optimizer: setting("optimizer"),
  init: setting("init"),
  epochs: setting("epochs"),
  seed: setting("seed"),
  device: setting("device"),
});

const row: v.GenericSchema<unknown, HistoryRow> = v.objectWithRest(
  { epoch: count(0), trainLoss: real, trainAcc: real, valLoss: real, valAcc: real },
  real,
);
const livePoint: v.GenericSchema<unknown, LivePoint> = v.object({ x: real, loss: real, acc: v.exactOptional(real) });
const gradientPoint: v.GenericSchema<unknown, GradientPoint> = v.object({ x: real, sizes: v.array(real) });
const listOf = <T>(item: v.GenericSchema<unknown, T>, most: number) => v.pipe(v.array(item), v.maxLength(most));
const bytes = (most: number) =>
  v.nullable(
    v.custom<Uint8Array>(
      (value) =>
        value instanceof Uint8Array && value.length <= LIMITS.testImages && value.every((byte) => byte <= most),
    ),
  );

const run: v.GenericSchema<unknown, Run> = v.object({
  id: v.string(),
  number: runNumber,
  created: real,
  settings,
  file: fileName,
  startsFrom: v.exactOptional(v.object({ id: v.string(), file: v.string() })),
  device: v.nullable(v.string()),
  status: v.picklist(["idle", "done"]),
  rows: listOf(row, LIMITS.epochs),
  batch: count(0),
  curve: listOf(livePoint, LIMITS.points),
  layers: listOf(v.string(), 16),
  gradients: listOf(gradientPoint, LIMITS.points),
  predictions: bytes(9),
  confidences: bytes(255),
});

/** What the browser has kept under `key`, held against every rule for a run: it may be damaged, or come from another version of the page. */
export function readRun(key: IDBValidKey, kept: unknown): Run | DamagedRun {
  const { success, output, issues } = v.safeParse(run, kept, { abortEarly: true });
  if (success) return output;
  const { number, file } = (typeof kept === "object" && kept !== null ? kept : {}) as { [K in keyof Run]?: unknown };
  return {
    key,
    number: v.is(runNumber, number) ? number : null,
    file: v.is(fileName, file) ? file : null,
    field: v.getDotPath(issues[0]) ?? "",
  };
}

export function isDamaged(kept: Run | DamagedRun): kept is DamagedRun {
  return "field" in kept;
}
