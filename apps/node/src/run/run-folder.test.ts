import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  expect(readdirSync(path)).toEqual(["history.csv"]);
  expect(new TextDecoder().decode(await folder.demand("history.csv"))).toBe("b\n");
  expect(await folder.read("nothing")).toBeUndefined();
  await expect(folder.write("no/such/folder", "")).rejects.toThrow(/could not write .*no\/such\/folder: ENOENT/);
});
