import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { emptyFolder } from "../testing/command.ts";
import { makeFolder } from "./make-folder.ts";
import { RunFolder } from "./run-folder.ts";

test("makes what is missing on the way, and minds nothing that is there", async () => {
  const path = join(emptyFolder(), "a/b/c");
  await makeFolder(path);
  await makeFolder(path);
  expect(readdirSync(path)).toEqual([]);
});

test("says where no folder can be", async () => {
  const file = join(emptyFolder(), "file");
  writeFileSync(file, "");
  await expect(RunFolder.create(file)).rejects.toThrow(`could not make the folder ${file}: EEXIST`);
  await expect(RunFolder.create(join(file, "below"))).rejects.toThrow("ENOTDIR");
  if (process.platform === "linux") await expect(RunFolder.create("/proc/none")).rejects.toThrow("ENOENT");
});

test("files appear whole, and what a killed process left of them goes", async () => {
  const path = emptyFolder();
  writeFileSync(join(path, ".checkpoint.safetensors.123.tmp"), "half a file");
  const folder = await RunFolder.create(path);
  await folder.write("history.csv", "a\n");
  await folder.write("history.csv", "b\n");
  folder[Symbol.dispose]();
  expect(readdirSync(path)).toEqual(["history.csv"]);
  expect(new TextDecoder().decode(await folder.demand("history.csv"))).toBe("b\n");
  expect(await folder.read("nothing")).toBeUndefined();
});

test("no name leads out of the folder", async () => {
  using folder = await RunFolder.create(join(emptyFolder(), "run"));
  for (const name of ["../escaped", "/tmp/escaped", "a/b", "a\\b", "..", "C:escaped", "a\0b"]) {
    await expect(folder.write(name, "")).rejects.toThrow("RunFolder: name must be the plain name of a file or folder");
    await expect(folder.read(name)).rejects.toThrow("RunFolder: name must be");
    await expect(folder.demand(name)).rejects.toThrow("RunFolder: name must be");
  }
  expect(readdirSync(join(folder.path, ".."))).toEqual(["run"]);
});

test("says what it cannot write", async () => {
  using folder = await RunFolder.create(emptyFolder());
  mkdirSync(join(folder.path, "history.csv"));
  await expect(folder.write("history.csv", "")).rejects.toThrow(/could not write .*history.csv: E(ISDIR|PERM|EXIST)/);
});

test("one process at a time has a folder; what one has left that is no more is ignored", async () => {
  const path = emptyFolder();
  const lock = join(path, ".lock");
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  writeFileSync(join(path, ".checkpoint.safetensors.123.tmp"), "being written");
  writeFileSync(lock, String(other.pid));
  const message = `process ${other.pid} trains in ${path}: wait for it, or give another --out. If it does no such thing, delete ${lock}`;
  await expect(RunFolder.create(path)).rejects.toThrow(message);
  await expect(RunFolder.existing(path)).rejects.toThrow(message);
  expect(readdirSync(path)).toContain(".checkpoint.safetensors.123.tmp");

  other.kill("SIGKILL");
  await once(other, "exit");
  const folder = await RunFolder.create(path);
  expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ pid: process.pid });
  folder[Symbol.dispose]();
  expect(readdirSync(path)).toEqual([]);

  for (const left of ["", "half a num", "{}", String(process.pid)]) {
    writeFileSync(lock, left);
    (await RunFolder.create(path))[Symbol.dispose]();
    expect(readdirSync(path)).toEqual([]);
  }
});

test("any file of an earlier run is told", async () => {
  for (const name of ["config.json", "checkpoint.safetensors", "model.safetensors", "history.csv", "history.svg"]) {
    const path = emptyFolder();
    using folder = await RunFolder.create(path);
    expect(await folder.holdsRun()).toBe(false);
    writeFileSync(join(path, name), "");
    expect(await folder.holdsRun()).toBe(true);
  }
});
