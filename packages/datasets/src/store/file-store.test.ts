import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fileStore } from "./file-store.node.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindling-store-"));
  return () => rm(folder, { recursive: true });
});

const path = (name: string): string => join(folder, name);

test("what was put is there, in folders made as needed, and nothing else", async () => {
  await fileStore.put(path("MNIST/raw/file"), Uint8Array.of(1, 2, 3));
  await fileStore.put(path("MNIST/raw/file"), Uint8Array.of(4, 5));
  expect(await fileStore.get(path("MNIST/raw/file"))).toEqual(Uint8Array.of(4, 5));
  expect(await readdir(path("MNIST/raw"))).toEqual(["file"]);
});

test("a limit keeps the rest on the disk", async () => {
  await fileStore.put(path("file"), Uint8Array.of(1, 2, 3));
  expect(await fileStore.get(path("file"), 2)).toEqual(Uint8Array.of(1, 2));
  expect(await fileStore.get(path("file"), 4)).toEqual(Uint8Array.of(1, 2, 3));
});

test("what is not there is undefined, beyond a file too", async () => {
  await writeFile(path("file"), "");
  expect(await fileStore.get(path("nothing"))).toBeUndefined();
  expect(await fileStore.get(path("file/inside"))).toBeUndefined();
});

test("what is no file is an error, and a pipe is not waited for", async () => {
  execFileSync("mkfifo", [path("pipe")]);
  await expect(fileStore.get(folder)).rejects.toThrow("is not a regular file");
  await expect(fileStore.get(path("pipe"))).rejects.toThrow("is not a regular file");
});

test("a put that fails leaves what was there, and no part of itself", async () => {
  await mkdir(path("taken/inside"), { recursive: true });
  await expect(fileStore.put(path("taken"), Uint8Array.of(1))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(folder)).toEqual(["taken"]);
});

test.runIf(process.platform === "linux")("where no folder can be, a put ends", async () => {
  await expect(fileStore.put("/proc/none/MNIST/raw/file", Uint8Array.of(1))).rejects.toThrow("ENOENT");
});

test("a reader beside many writers never sees half a file", async () => {
  const sizes = new Set<number>();
  const reading = (async () => {
    for (let i = 0; i < 50; i++) sizes.add((await fileStore.get(path("file")))?.length ?? 0);
  })();
  const writing = Array.from({ length: 8 }, (_, i) => fileStore.put(path("file"), new Uint8Array(500_000).fill(i)));
  await Promise.all([reading, ...writing]);
  expect([...sizes].filter((size) => size !== 0 && size !== 500_000)).toEqual([]);
  expect(new Set(await fileStore.get(path("file"))).size).toBe(1);
});

test("~ is the home directory, as in torchvision", async () => {
  vi.stubEnv("HOME", folder);
  await fileStore.put("~/data/file", Uint8Array.of(1));
  vi.unstubAllEnvs();
  expect(await fileStore.get(path("data/file"))).toEqual(Uint8Array.of(1));
});

describe("tidying", () => {
  const abandoned = "train-images-idx3-ubyte.0b8f4a52-7c1e-4d7b-9a51-1f0f6c1d2e3f.part";
  const running = "train-images-idx3-ubyte.1b8f4a52-7c1e-4d7b-9a51-1f0f6c1d2e3f.part";

  test("removes what killed processes have left, and nothing that may still be written or is another's", async () => {
    const longAgo = new Date(Date.now() - 120_000);
    for (const name of [abandoned, running, "mine.part", "train-images-idx3-ubyte"]) {
      await writeFile(path(name), "x");
      if (name !== running) await utimes(path(name), longAgo, longAgo);
    }
    await fileStore.tidy?.(folder);
    expect((await readdir(folder)).sort()).toEqual([running, "mine.part", "train-images-idx3-ubyte"].sort());
  });

  test("minds no folder that is not there", async () => {
    await expect(fileStore.tidy?.(path("nothing"))).resolves.toBeUndefined();
  });
});
