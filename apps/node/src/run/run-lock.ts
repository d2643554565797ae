import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../usage-error.ts";
import { type Holder, parseHolder, sweepLock, takeLock } from "./lock-file.ts";
import { livenessOf, thisProcess } from "./process-identity.ts";

/** How often a race is run again. Each time somebody has got further, or a lock that is being written has 2 s to become whole. */
const MOST_ATTEMPTS = 200;

/** The locks of this process: the id that each file must hold. */
const held = new Map<string, string>();

/**
 * Holds a run's folder for this process, by a file that names it: two trainings would mix their files. A lock whose process is no more
 * is taken over, by exactly one of those who want it.
 *
 * @throws UsageError naming the process that trains there
 */
export async function lockRun(folder: string): Promise<Disposable> {
  const path = join(folder, ".lock");
  const me: Holder = { id: randomUUID(), owner: await thisProcess() };
  for (let attempt = 1; ; attempt++) {
    const outcome = await takeLock(path, me);
    if (outcome === "taken") break;
    const isLast = attempt === MOST_ATTEMPTS;
    if (outcome !== "again" && (outcome.settled || isLast)) throw await refusal(folder, path, outcome.holder, me);
    if (isLast) throw new Error(`could not lock ${folder}: ${path} changes all the time`);
    await setTimeout(5 + 20 * Math.random());
  }
  await sweepLock(path);
  if (held.size === 0) process.once("exit", releaseAll);
  held.set(path, me.id);
  return { [Symbol.dispose]: () => release(path) };
}

async function refusal(folder: string, path: string, { owner }: Holder, me: Holder): Promise<UsageError> {
  if (owner === null || me.owner === null) return new UsageError(`${folder} is locked by ${path}`);
  if ((await livenessOf(owner, me.owner)) !== "unknown") {
    return new UsageError(
      `process ${owner.pid} trains in ${folder}: wait for it, or give another --out. If it does no such thing, delete ${path}`,
    );
  }
  return new UsageError(
    `process ${owner.pid} of another container or machine, ${owner.host}, trains in ${folder} or was killed there: wait for it, or give another --out. If it runs no more, delete ${path}`,
  );
}

/** Deletes the lock, unless somebody has deleted it before and it is another's by now. */
function release(path: string): void {
  const id = held.get(path);
  if (!held.delete(path)) return;
  if (held.size === 0) process.off("exit", releaseAll);
  try {
    if (parseHolder(readFileSync(path, "utf8"))?.id === id) rmSync(path, { force: true });
  } catch {
    // There is none any more.
  }
}

function releaseAll(): void {
  for (const path of [...held.keys()]) release(path);
}
