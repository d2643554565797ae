import { link, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { livenessOf, type ProcessIdentity } from "./process-identity.ts";

/** Who holds a lock: a process, or null for a lock that names none; and a name that no other lock has had. */
export interface Holder {
  readonly id: string;
  readonly owner: ProcessIdentity | null;
}

/** Whose a lock is that could not be taken. */
export interface Refusal {
  readonly holder: Holder;
  /** Whether it has the lock; otherwise it is just taking over from one who is dead, and may fail. */
  readonly settled: boolean;
}

/** Where a lock cannot appear whole, it is written within this time: one that names nobody for longer is damaged. */
const WRITTEN_WITHIN_MS = 2000;

/** A succession of more dead claims than this is no accident. */
const LONGEST_CHAIN = 1000;

/**
 * One attempt to take the lock at `path`: it is ours ("taken"), or another's, or things have changed meanwhile ("again").
 *
 * The file names the holder. Who finds that one dead claims the succession, by creating `<path>.<id of the dead>`, which only
 * one can; a claim whose process is dead in turn is claimed the same way. The last of this chain puts itself into the file. Claims
 * count only as long as the file is the one that the chain began at, and are removed only when it no longer is. So whoever acts on
 * what was true before notices.
 */
export async function takeLock(path: string, me: Holder): Promise<"taken" | "again" | Refusal> {
  const draft = `${path}.${me.id}.draft`;
  try {
    await writeFile(draft, formatHolder(me));
    if (await createFrom(draft, path, me)) return "taken";
    const root = await holderOf(path);
    if (root === "none" || root === "unfinished") return "again";
    const last = await lastOf(path, root);
    if (last === "unfinished") return "again";
    if (last.id !== me.id) {
      if (!(await isDead(last, me))) return { holder: last, settled: last.id === root.id };
      if (!(await createFrom(draft, claimOf(path, last), me))) return "again";
    }
    const now = await holderOf(path);
    if (typeof now === "string" || now.id !== root.id) {
      await rm(claimOf(path, last), { force: true });
      return "again";
    }
    await rename(draft, path);
    return "taken";
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // The winner of a race sweeps the others' drafts; Windows replaces no file that somebody reads.
    if (code === "ENOENT" && (await isFolder(dirname(path)))) return "again";
    if (process.platform === "win32" && ["EPERM", "EBUSY", "EACCES"].includes(code)) return "again";
    throw new Error(`could not write ${path}: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

/** Removes claims and drafts, by the one who has the lock: they are of holders before. */
export async function sweepLock(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  const mine = names.filter((name) => name.startsWith(prefix));
  await Promise.all(mine.map((name) => rm(join(dirname(path), name), { force: true }).catch(() => {})));
}

export function formatHolder({ id, owner }: Holder): string {
  return `${JSON.stringify({ id, ...owner })}\n`;
}

/** The holder that a lock names; undefined for what names none. Its id becomes the name of a file. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const { id, pid, host, boot = null, pidNamespace = null, start = null } = JSON.parse(text);
    const isText = [boot, pidNamespace, start].every((part) => part === null || typeof part === "string");
    if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id) || typeof host !== "string" || !isText) return undefined;
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return { id, owner: { pid, host, boot, pidNamespace, start } };
  } catch {
    return undefined;
  }
}

/** The end of the chain of claims that begins at the lock itself. */
async function lastOf(path: string, root: Holder): Promise<Holder | "unfinished"> {
  let last = root;
  for (let length = 0; length < LONGEST_CHAIN; length++) {
    const next = await holderOf(claimOf(path, last));
    if (next === "unfinished") return next;
    if (next === "none") return last;
    last = next;
  }
  throw new Error(`more than ${LONGEST_CHAIN} claims to it`);
}

function claimOf(path: string, dead: Holder): string {
  return `${path}.${dead.id}`;
}

async function isDead({ owner }: Holder, me: Holder): Promise<boolean> {
  return owner === null || me.owner === null || (await livenessOf(owner, me.owner)) === "dead";
}

/** Creates a file with the content of `draft`, whole from the first moment; false where there is one already. */
async function createFrom(draft: string, path: string, me: Holder): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!["EACCES", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
  }
  // A file system without links, as on memory cards: here too only one can create it, but it appears empty at first.
  try {
    await writeFile(path, formatHolder(me), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<Holder | "none" | "unfinished"> {
  try {
    const text = await readFile(path, "utf8");
    const holder = parseHolder(text);
    if (holder !== undefined) return holder;
    // A file that names nobody is succeeded by one too: it is known by its place on the disk.
    const { ino, mtimeMs } = await stat(path);
    const id = `damaged-${ino}-${Math.trunc(mtimeMs)}`;
    if (/^[1-9]\d*$/.test(text)) return { id, owner: byNumber(Number(text)) };
    return Math.abs(Date.now() - mtimeMs) < WRITTEN_WITHIN_MS ? "unfinished" : { id, owner: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "none";
    throw error;
  }
}

/** The holder that a lock of an older version names: it says the number alone. */
function byNumber(pid: number): ProcessIdentity {
  return { pid, host: hostname(), boot: null, pidNamespace: null, start: null };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
