import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.node.ts";
import { readFile } from "./read-file.node.ts";
import type { Store } from "./store.ts";

/** An unfinished file, beside the one that it is to become. */
const UNFINISHED = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/;

/** A file is in memory before it is written, so one that has not grown for this long belongs to a process that is gone. */
const ABANDONED_AFTER_MS = 60_000;

/** Files on disk; a key is a path, `~/` the home directory. */
export const fileStore: Store = {
  get: async (key, limit) => readFile(toPath(key), limit),

  async put(key, bytes) {
    const path = toPath(key);
    const unfinished = `${path}.${randomUUID()}.part`;
    await makeFolder(dirname(path));
    try {
      await writeThrough(unfinished, bytes);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {}); // the first error is the one to tell
      throw error;
    }
  },

  async tidy(folder) {
    const names = await namesIn(folder);
    for (const path of names.filter((name) => UNFINISHED.test(name)).map((name) => join(toPath(folder), name))) {
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true }).catch(() => {}); // a read-only disk
    }
  },
};

/** Writes and waits until the disk has it: only then do a full disk and a broken one both show. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The files of a folder; none where it is not there, or may not be read: reading it then says why. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(toPath(folder));
  } catch {
    return [];
  }
}

/** Deno lets only those who have its permission know the home directory. */
function toPath(key: string): string {
  return key.startsWith("~/") ? join(homedir(), key.slice(2)) : key;
}
