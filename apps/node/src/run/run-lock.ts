import { rmSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../usage-error.ts";

const held = new Set<string>();

/**
 * Holds a run's folder for this process, by a file with its number: two trainings would mix their files. What a process has left that
 * is no more is ignored.
 *
 * @throws UsageError naming the process that trains there
 */
export async function lockRun(folder: string): Promise<Disposable> {
  const path = join(folder, ".lock");
  for (let attempt = 1; !(await took(path)); attempt++) {
    const owner = await ownerOf(path);
    if (owner !== undefined && (attempt > 10 || isAlive(owner))) {
      throw new UsageError(
        `process ${owner} trains in ${folder}: wait for it, or give another --out. If it does no such thing, delete ${path}`,
      );
    }
    // Without a number it may just be on the way.
    if (owner === undefined && attempt < 3) await setTimeout(50);
    else await rm(path, { force: true });
  }
  if (held.size === 0) process.once("exit", releaseAll);
  held.add(path);
  return { [Symbol.dispose]: () => release(path) };
}

async function took(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Error(`could not write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether another process of that number runs. This one has let go of what it left there: a container counts anew. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function release(path: string): void {
  if (held.delete(path)) rmSync(path, { force: true });
  if (held.size === 0) process.off("exit", releaseAll);
}

function releaseAll(): void {
  for (const path of held) rmSync(path, { force: true });
}
