import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { readRun } from "./read-run.ts";
import type { Run } from "./run.ts";

interface Schema extends DBSchema {
  runs: { key: string; value: Run };
  /** What a training goes on from (`Trainer.saveCheckpoint`), or the weights of an uploaded network: by the run's id. */
  checkpoints: { key: string; value: Uint8Array };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** The browser's database. A failure to open it is the caller's to tell; the next call tries again. */
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

/** Every run that is kept, oldest first. */
export async function loadRuns(): Promise<Run[]> {
  const kept = await (await database()).getAll("runs");
  const runs = kept.map(readRun).filter((run) => run !== undefined);
  return runs.sort((a, b) => a.number - b.number);
}

export async function loadRun(id: string): Promise<Run | undefined> {
  return readRun(await (await database()).get("runs", id));
}

export async function loadCheckpoint(id: string): Promise<Uint8Array | undefined> {
  return (await database()).get("checkpoints", id);
}

/** Keeps a run and what it goes on from, both or neither. */
export async function saveRun(run: Run, checkpoint: Uint8Array): Promise<void> {
  const transaction = (await database()).transaction(["runs", "checkpoints"], "readwrite");
  await Promise.all([
    transaction.objectStore("runs").put(run),
    transaction.objectStore("checkpoints").put(checkpoint, run.id),
    transaction.done,
  ]);
}

export async function deleteRun(id: string): Promise<void> {
  const transaction = (await database()).transaction(["runs", "checkpoints"], "readwrite");
  await Promise.all([
    transaction.objectStore("runs").delete(id),
    transaction.objectStore("checkpoints").delete(id),
    transaction.done,
  ]);
}
