import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { Refusal } from "../protocol/refusal.ts";
import { type DamagedRun, isDamaged, readRun } from "./read-run.ts";
import type { Run } from "./run.ts";
import { announceChange } from "./run-news.ts";

/** What is kept may be damaged, so nothing is known of it. */
interface Schema extends DBSchema {
  runs: { key: IDBValidKey; value: unknown };
  /** What a training goes on from (`Trainer.saveCheckpoint`), or the weights of an uploaded network: by the run's id. */
  checkpoints: { key: IDBValidKey; value: unknown };
}

/** Everything that the browser has kept. */
export interface KeptRuns {
  /** Oldest first. */
  readonly runs: readonly Run[];
  readonly damaged: readonly DamagedRun[];
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** The browser's database. The caller reports a failure to open it; the next call tries again. */
function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>("kindling", 1, {
    upgrade(db) {
      db.createObjectStore("runs", { keyPath: "id" });
      db.createObjectStore("checkpoints");
    },
    terminated: () => {
      opening = undefined;
    },
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** Every run that is kept. Each is read by itself: one that cannot be read costs no other. */
export async function loadRuns(): Promise<KeptRuns> {
  const db = await database();
  const keys = await db.getAllKeys("runs");
  const kept = await Promise.all(
    keys.map(async (key) => {
      const record = await db.get("runs", key).catch(() => undefined);
      return readRun(key, record);
    }),
  );
  const runs = kept.filter((each): each is Run => !isDamaged(each));
  return { runs: runs.sort((a, b) => a.number - b.number), damaged: kept.filter(isDamaged) };
}

/** The run as it is kept; undefined where it is not, or is damaged. */
export async function loadRun(id: string): Promise<Run | undefined> {
  const record = await (await database()).get("runs", id);
  const run = readRun(id, record);
  return isDamaged(run) ? undefined : run;
}

/**
 * What a run goes on from; undefined where nothing is kept.
 *
 * @throws Refusal for what is kept and is not bytes
 */
export async function loadCheckpoint(id: string): Promise<Uint8Array | undefined> {
  const kept = await (await database()).get("checkpoints", id);
  if (kept === undefined || kept instanceof Uint8Array) return kept;
  throw new Refusal("damagedWeights");
}

/**
 * Keeps a run and what it goes on from, both or neither.
 *
 * @throws Error for a run that could not be restored: nothing is accepted here that `loadRuns` would refuse
 */
export async function saveRun(run: Run, checkpoint: Uint8Array): Promise<void> {
  const restored = readRun(run.id, run);
  if (isDamaged(restored)) throw new Error(`it could not be restored: ${restored.field} breaks its rule`);
  const transaction = (await database()).transaction(["runs", "checkpoints"], "readwrite");
  await Promise.all([
    transaction.objectStore("runs").put(run),
    transaction.objectStore("checkpoints").put(checkpoint, run.id),
    transaction.done,
  ]);
}

/** Deletes a run, damaged or not, and what it would have gone on from. Other tabs are told. */
export async function deleteRun(key: IDBValidKey): Promise<void> {
  const transaction = (await database()).transaction(["runs", "checkpoints"], "readwrite");
  await Promise.all([
    transaction.objectStore("runs").delete(key),
    transaction.objectStore("checkpoints").delete(key),
    transaction.done,
  ]);
  announceChange();
}
