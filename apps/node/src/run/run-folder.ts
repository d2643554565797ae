import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import process from "node:process";
import { checkFileName } from "@kindling/core/extend";
import { UsageError } from "../usage-error.ts";
import { makeFolder } from "./make-folder.ts";
import { readRegular } from "./read-regular.ts";
import { lockRun } from "./run-lock.ts";
import { writeWhole } from "./write-whole.ts";

/** What a run leaves in its folder. */
const FILES = ["config.json", "checkpoint.safetensors", "model.safetensors", "history.csv", "history.svg"];

/** The files of a run. Each appears whole or not at all, whatever happens while it is written. One process at a time has it. */
export class RunFolder implements Disposable {
  readonly path: string;
  readonly #lock: Disposable;

  private constructor(path: string, lock: Disposable) {
    this.path = path;
    this.#lock = lock;
  }

  /** A new folder, or one that is there already: its files are overwritten one by one. Without `path`, `runs/<time>`. */
  static async create(path?: string): Promise<RunFolder> {
    if (path !== undefined) {
      await makeFolder(path);
      return RunFolder.#locked(path);
    }
    await makeFolder("runs");
    for (let attempt = 1; ; attempt++) {
      const free = join("runs", stamp(new Date()) + (attempt === 1 ? "" : `-${attempt}`));
      try {
        await mkdir(free);
        return await RunFolder.#locked(free);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  /** A run that is there, or should be. */
  static async existing(path: string): Promise<RunFolder> {
    const there = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return there ? RunFolder.#locked(path) : new RunFolder(path, { [Symbol.dispose]() {} });
  }

  static async #locked(path: string): Promise<RunFolder> {
    const lock = await lockRun(path);
    await tidy(path);
    return new RunFolder(path, lock);
  }

  /** Lets other processes have the folder. */
  [Symbol.dispose](): void {
    this.#lock[Symbol.dispose]();
  }

  /** Whether there are files of an earlier run. */
  async holdsRun(): Promise<boolean> {
    const names = await readdir(this.path);
    return FILES.some((name) => names.includes(name));
  }

  /** As people would write it. */
  toString(): string {
    const short = relative(process.cwd(), this.path);
    return short === "" || short.startsWith("..") ? this.path : short;
  }

  /** The content of a file; undefined where there is none. */
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readRegular(this.#pathOf(name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw error;
    }
  }

  /** The content of a file that a run must have. */
  async demand(name: string): Promise<Uint8Array> {
    const content = await this.read(name);
    if (content !== undefined) return content;
    throw new UsageError(`${this} is not a run that can be resumed: it has no ${name}`);
  }

  /** Writes a file, whole or not at all. */
  write = async (name: string, content: Uint8Array | string): Promise<void> => writeWhole(this.#pathOf(name), content);

  /** Names come from callbacks and their options: none leads out of the folder. */
  #pathOf(name: string): string {
    checkFileName("RunFolder", "name", name);
    return join(this.path, name);
  }
}

/** Takes away what a process that was killed had begun to write. */
async function tidy(path: string): Promise<void> {
  const names = await readdir(path).catch(() => []);
  await Promise.all(names.filter((name) => /^\..+\.[\da-f-]+\.tmp$/.test(name)).map((name) => rm(join(path, name))));
}

/** `2026-01-31_12-34-56`, of the clock on the wall. */
function stamp(now: Date): string {
  const two = (x: number) => String(x).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return `${day}_${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join("-")}`;
}
