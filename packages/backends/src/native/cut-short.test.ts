import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCutShort } from "./cut-short.node.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-cut-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A 64-bit ELF header whose table of sections ends at byte 128. */
function library(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  Buffer.from("7f454c460201", "hex").copy(bytes);
  bytes.writeBigUInt64LE(64n, 40);
  bytes.writeUInt16LE(64, 58);
  bytes.writeUInt16LE(1, 60);
  return bytes;
}

test("a library that is whole, and one that is cut short", () => {
  writeFileSync(join(folder, "libwhole.so.1"), library(128));
  expect(findCutShort(folder)).toBeUndefined();
  writeFileSync(join(folder, "libshort.so.1"), library(127));
  expect(findCutShort(folder)).toBe(join(folder, "libshort.so.1"));
});

test("folders with a library's name, links to nothing and folders that are not there are passed over", () => {
  mkdirSync(join(folder, "libfolder.so.1"));
  symlinkSync(join(folder, "nowhere"), join(folder, "liblink.so"));
  expect(findCutShort(folder)).toBeUndefined();
  expect(findCutShort(join(folder, "nowhere"))).toBeUndefined();
});
