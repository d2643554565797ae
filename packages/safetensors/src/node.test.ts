import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { tensor } from "@kindling/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as api from "./node.ts";
import { save } from "./save.ts";

const { loadFile, loadFileWithMetadata, saveFile } = api;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindling-safetensors-"));
});
afterEach(() => rm(folder, { recursive: true }));

const tensors = () => ({ w: tensor([[1.5, 2.5]]), steps: tensor(Int32Array.of(-7, 7)), flag: tensor([true]) });

test("public API", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "loadFile",
      "loadFileWithMetadata",
      "saveFile",
    ]
  `);
});

test("a file and back", async () => {
  const path = join(folder, "model.safetensors");
  await saveFile(tensors(), path, { metadata: { epoch: "3" } });
  expect(new Uint8Array(await readFile(path))).toEqual(await save(tensors(), { metadata: { epoch: "3" } }));
  const loaded = await loadFileWithMetadata(path);
  expect(loaded.metadata).toEqual({ format: "pt", epoch: "3" });
  expect(loaded.conversions).toEqual([]);
  expect(loaded.tensors.steps?.dtype).toBe("int32");
  expect(loaded.tensors.w?.toListSync()).toEqual([[1.5, 2.5]]);
  expect(loaded.tensors.steps?.toListSync()).toEqual([-7, 7]);
  expect(loaded.tensors.flag?.toListSync()).toEqual([true]);
  expect(Object.keys(await loadFile(path, { names: ["w"] }))).toEqual(["w"]);
});

test("writing replaces the file as a whole, and leaves nothing else behind", async () => {
  const path = join(folder, "model.safetensors");
  await saveFile({ a: tensor([1]) }, path);
  await saveFile({ b: tensor([2]) }, path);
  expect(Object.keys(await loadFile(path))).toEqual(["b"]);
  expect(await readdir(folder)).toEqual(["model.safetensors"]);
  await expect(saveFile({ b: tensor([2]) }, join(folder, "missing", "x"))).rejects.toThrow("ENOENT");
  await mkdir(join(folder, "taken", "inside"), { recursive: true });
  await expect(saveFile({ b: tensor([2]) }, join(folder, "taken"))).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["model.safetensors", "taken"]);
});

test("a file that was cut off, or is none", async () => {
  const path = join(folder, "model.safetensors");
  await saveFile(tensors(), path);
  await truncate(path, (await readFile(path)).length - 1);
  await expect(loadFile(path)).rejects.toThrow("incomplete metadata, file not fully covered");
  await writeFile(path, new Uint8Array([0, 225, 245, 5, 0, 0, 0, 0, 123])); // a header of 100,000,000 bytes, says who
  await expect(loadFile(path)).rejects.toThrow("invalid header length");
  await writeFile(path, "");
  await expect(loadFile(path)).rejects.toThrow("header too small");
  await expect(loadFile(join(folder, "other"))).rejects.toThrow("ENOENT");
});

test.runIf(process.platform !== "win32")("what is no file is refused, not waited for", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const path of [pipe, "/dev/zero", folder]) {
    await expect(loadFile(path)).rejects.toThrow(`safetensors: not a regular file: ${path}. Give the file itself`);
  }
});
